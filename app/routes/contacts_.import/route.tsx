import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Download } from "lucide-react";
import { z } from "zod";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireAdmin, requireAdminPage } from "~/modules/accounts/index.server";
import { Section } from "~/modules/accounts/ui/section";
import { listFields } from "~/modules/contacts/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { importContacts, importReport, listImports } from "~/modules/tickets/index.server";
import { AppError, invalid } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import { buttonClass } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { RouteError } from "~/ui/state/route-error";
import { Time } from "~/ui/time";
import { ImportForm } from "./import-form";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const asked = new URL(request.url).searchParams;
  const report = asked.get("report");
  if (report) {
    const headers = {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="import.csv"',
    };
    throw new Response(await importReport(actor, orgId, report), { headers });
  }
  const { frame } = await requireAdminPage(request);
  const t = await translator(request);
  return {
    title: t("contacts.import.title"),
    frame,
    fields: await transact(actor, { orgId }, (ctx) => listFields(ctx, { orgId, subject: "contact" })),
    imports: await listImports(actor, orgId),
  };
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
  const told = new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = (line: object) => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      const how = { fileName: name, columns: columns.split(","), dryRun: run === "dry", existing };
      try {
        const { id, report } = await importContacts(actor, membership.orgId, file, how, ({ lines }) => tell({ lines }));
        tell({ id, report });
      } catch (error) {
        tell({ error: error instanceof AppError ? error.code : "unexpected" });
      }
      controller.close();
    },
  });
  return new Response(told, { headers: { "Content-Type": "application/x-ndjson", "Cache-Control": "no-store" } });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** Contacts from a file, and what came of earlier ones. */
export default function ImportContacts() {
  const { title, frame, fields, imports } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <SignedInFrame {...frame} current="contacts">
      <PageHeader title={title} back={{ to: "/contacts", when: "always" }} />
      <div className="min-h-0 flex-1 overflow-y-auto px-5 sm:px-8">
        <div className="max-w-3xl">
          <Section title={t("contacts.import.fromFile")} lead={t("contacts.import.lead")}>
            <ImportForm fields={fields} />
          </Section>
          <Section title={t("contacts.import.earlier")}>
            {imports.length === 0 && <p className="text-ink-soft">{t("contacts.import.none")}</p>}
            <ul className="grid grid-cols-1">
              {imports.map((one) => (
                <li
                  key={one.id}
                  className="wrap-anywhere flex flex-wrap items-center gap-x-3 border-line border-b py-2 last:border-b-0"
                >
                  <span className="min-w-0 flex-1 basis-60">
                    <span className="block">{one.file}</span>
                    <span className="block text-ink-soft text-sm">
                      <Time at={one.at} style="date" /> ·{" "}
                      {t("contacts.import.counts", {
                        created: one.created,
                        updated: one.updated,
                        wrong: one.problems,
                      })}
                    </span>
                  </span>
                  {one.problems > 0 && (
                    <a className={buttonClass("quiet", "sm")} href={`/contacts/import?report=${one.id}`} download>
                      <Download aria-hidden className="size-4" />
                      {t("contacts.import.report")}
                    </a>
                  )}
                </li>
              ))}
            </ul>
          </Section>
        </div>
      </div>
    </SignedInFrame>
  );
}

export function ErrorBoundary() {
  return <RouteError page />;
}
