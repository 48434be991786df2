import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinaries } from "../../../app/platform/postgres/binaries.server";
import { initialize, launch, SUPERUSER } from "../../../app/platform/postgres/cluster.server";
import { openHome } from "../../../app/platform/postgres/home.server";
import { runBinary } from "../../../app/platform/postgres/run-binary.server";
import { runQuery } from "../../support/postgres-query";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy";

export type FaultPostgres = {
  /** Stays the same over restarts. */
  url: string;
  wire: TcpProxy;
  /** `immediate` is a crash: what was not on disk is lost. */
  stop(mode: "fast" | "immediate"): Promise<void>;
  start(): Promise<void>;
  dispose(): Promise<void>;
};

/** A durable PostgreSQL of one's own, reached through a wire that can be cut, to be stopped and started again. */
export async function startFaultPostgres(database = "faults"): Promise<FaultPostgres> {
  const folder = mkdtempSync(join(tmpdir(), "guazu-faults-"));
  chmodSync(folder, 0o711);
  const home = openHome(folder);
  const binaries = findBinaries(home.user, folder);
  await initialize(home, binaries, true);
  const { port } = await launch(home, binaries, true);
  const wire = await startTcpProxy(port);
  const password = readFileSync(home.passwordFile, "utf8").trim();
  const urlOf = (name: string) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${wire.port}/${name}`;
  await runQuery(urlOf("postgres"), `CREATE DATABASE ${database}`);
  const stop = async (mode: "fast" | "immediate") => {
    const { code, output } = await runBinary(
      binaries,
      "pg_ctl",
      ["stop", "-s", "-w", "-D", home.cluster, "-m", mode],
      home,
    );
    if (code !== 0) throw new Error(`PostgreSQL did not stop: ${output}`);
  };
  return {
    url: urlOf(database),
    wire,
    stop,
    async start() {
      wire.lead((await launch(home, binaries, true)).port);
    },
    async dispose() {
      await stop("immediate").catch(() => {});
      await wire.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
