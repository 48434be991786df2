import pg from "pg";
import { z } from "zod";
import { defineJob, startWorkers } from "./index.server";

/**
 * A worker process for the tests of several processes: `tsx worker-process-fixture.server.ts <url>`. It notes every run in the
 * table `run_noted`; a job marked `hold` then stays in hand until its signal aborts, which is noted too.
 */
const [, , url = ""] = process.argv;
const pool = new pg.Pool({ connectionString: url, max: 2 });
const note = (mark: string, what: string) =>
  pool.query("insert into run_noted (mark, what, pid) values ($1, $2, $3)", [mark, what, process.pid]);

const job = defineJob({
  name: "test.inbound",
  lane: "inbound",
  payload: z.object({ mark: z.string() }),
  async run({ mark }, { signal }) {
    await note(mark, "begun");
    if (!mark.startsWith("hold")) return;
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    await note(mark, "aborted");
    throw signal.reason;
  },
});

await startWorkers({ url, definitions: [job], concurrency: 2 });
process.stdout.write("ready\n");
