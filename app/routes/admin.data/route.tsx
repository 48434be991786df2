import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireAdmin } from "~/modules/accounts/index.server";
import { Section } from "~/modules/accounts/ui/section";
import { DownloadForm } from "~/ui/download-form";
import { RouteError } from "~/ui/state/route-error";

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request);
  const t = await translator(request);
  return { title: t("admin.data.title") };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Data() {
  const { title } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Section title={title} lead={t("admin.about.data")}>
      <p className="max-w-[40rem] text-pretty">{t("admin.data.tickets")}</p>
      <div className="flex flex-wrap gap-2">
        <DownloadForm action="/admin/data/tickets?format=csv">{t("admin.data.csv")}</DownloadForm>
        <DownloadForm action="/admin/data/tickets?format=jsonl">{t("admin.data.jsonl")}</DownloadForm>
      </div>
      <p className="max-w-[40rem] text-pretty text-ink-soft text-sm">{t("admin.data.hint")}</p>
    </Section>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
