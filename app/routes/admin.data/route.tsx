import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { Download } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireAdmin } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { Section } from "~/modules/accounts/ui/section";
import { type Erasure, listErasures } from "~/modules/tickets/index.server";
import { buttonClass } from "~/ui/button";
import { DownloadForm } from "~/ui/download-form";
import { RouteError } from "~/ui/state/route-error";
import { useReloadEvery } from "~/ui/state/use-reload-every";
import { Time } from "~/ui/time";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const t = await translator(request);
  return {
    title: t("admin.data.title"),
    erasures: await listErasures(actor, membership.orgId),
    erased: new URL(request.url).searchParams.get("done") === "erased",
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Data() {
  const { title, erasures, erased } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.about.data")}>
        <p className="max-w-[40rem] text-pretty">{t("admin.data.tickets")}</p>
        <div className="flex flex-wrap gap-2">
          <DownloadForm action="/admin/data/tickets?format=csv">{t("admin.data.csv")}</DownloadForm>
          <DownloadForm action="/admin/data/tickets?format=jsonl">{t("admin.data.jsonl")}</DownloadForm>
        </div>
        <p className="max-w-[40rem] text-pretty text-ink-soft text-sm">{t("admin.data.hint")}</p>
      </Section>
      <Section title={t("contacts.erase.list")}>
        {erased && <DoneNote>{t("contacts.done.erased")}</DoneNote>}
        <Erasures erasures={erasures} />
      </Section>
    </>
  );
}

const LOOK_AGAIN_MS = 3000;

/** The deletions that people asked for, each with its proof once it is done. */
function Erasures({ erasures }: { erasures: Erasure[] }) {
  const { t } = useTranslation();
  useReloadEvery(erasures.some((one) => !one.done_at) ? LOOK_AGAIN_MS : null);
  if (erasures.length === 0) return <p className="text-ink-soft">{t("contacts.erase.none")}</p>;
  return (
    <ul className="grid grid-cols-1">
      {erasures.map((one) => (
        <li
          key={one.id}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-2 last:border-b-0"
        >
          <span className="wrap-anywhere min-w-0 flex-1 basis-60">
            <span className="block">{one.reason}</span>
            <span className="block text-ink-soft text-sm">
              <Time at={one.requested_at} style="date" /> · {one.by}
            </span>
          </span>
          {one.done_at ? (
            <Link reloadDocument className={buttonClass("quiet", "sm")} to={`/contacts/proof/${one.id}`}>
              <Download aria-hidden className="size-4" />
              {t("contacts.erase.proof")}
            </Link>
          ) : (
            <span className="text-ink-soft text-sm">{t("contacts.erase.underWay")}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
