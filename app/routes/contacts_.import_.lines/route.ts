import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { requireAdmin } from "~/modules/accounts/index.server";
import { importContacts, importReport } from "~/modules/tickets/index.server";
import { AppError, invalid } from "~/platform/errors";

/** The lines of an earlier file that were not taken, as CSV. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const report = new URL(request.url).searchParams.get("report") ?? "";
  return new Response(await importReport(actor, membership.orgId, report), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="import.csv"',
      "Cache-Control": "no-store",
    },
  });
}

const options = z.object({
  name: z.string().max(200),
  columns: z.string().max(10_000),
  existing: z.enum(["update", "skip"]),
  run: z.enum(["dry", "real"]),
});

/** The file is the body, read as it comes; each line of the answer says how far it is, the last one what came of it. */
export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const asked = options.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success || !request.body) throw invalid("invalid");
  const { name, columns, existing, run } = asked.data;
  const file = request.body as unknown as AsyncIterable<Uint8Array>;
  const encoder = new TextEncoder();
  let heard = true;
  const told = new ReadableStream<Uint8Array>({
    // Whoever sent the file may leave: it is taken in to its end, and the report is kept.
    cancel() {
      heard = false;
    },
    async start(controller) {
      const tell = (line: object) => heard && controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      const how = { fileName: name, columns: columns.split(","), dryRun: run === "dry", existing };
      try {
        const { id, report } = await importContacts(actor, membership.orgId, file, how, ({ lines }) => tell({ lines }));
        tell({ id, report });
      } catch (error) {
        tell({ error: error instanceof AppError ? error.code : "unexpected" });
      }
      if (heard) controller.close();
    },
  });
  return new Response(told, { headers: { "Content-Type": "application/x-ndjson", "Cache-Control": "no-store" } });
}
