import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Download } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireAdminPage } from "~/modules/accounts/index.server";
import { Section } from "~/modules/accounts/ui/section";
import { listFields } from "~/modules/contacts/index.server";
import { SignedInFrame } from "~/modules/realtime/ui/signed-in-frame";
import { listImports } from "~/modules/tickets/index.server";
import { transact } from "~/platform/transact.server";
import { buttonClass } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { RouteError } from "~/ui/state/route-error";
import { Time } from "~/ui/time";
import { ImportForm } from "./import-form";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership, frame } = await requireAdminPage(request);
  const { orgId } = membership;
  const [fields, imports, t] = await Promise.all([
    transact(actor, { orgId }, (ctx) => listFields(ctx, { orgId, subject: "contact" })),
    listImports(actor, orgId),
    translator(request),
  ]);
  return { title: t("contacts.import.title"), frame, fields, imports };
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
                    <a className={buttonClass("quiet", "sm")} href={`/contacts/import/lines?report=${one.id}`} download>
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
