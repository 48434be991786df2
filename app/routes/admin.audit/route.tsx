import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { History } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { auditChoices, listAudit, requireAdmin } from "~/modules/accounts/index.server";
import { Section } from "~/modules/accounts/ui/section";
import { isUuid } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { Button, buttonClass } from "~/ui/button";
import { DownloadForm } from "~/ui/download-form";
import { Select } from "~/ui/forms/select";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";
import { AuditRow, useActionName } from "./audit-row";

const PAGE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const { searchParams } = new URL(request.url);
  const action = searchParams.get("action")?.slice(0, 80) ?? "";
  const person = searchParams.get("person") ?? "";
  const memberId = isUuid(person) ? person : null;
  const log = await transact(actor, { orgId, accountId: actor.accountId }, async (ctx) => ({
    ...(await listAudit(ctx, { orgId, action, memberId, cursor: searchParams.get("cursor"), limit: PAGE })),
    ...(await auditChoices(ctx, orgId)),
  }));
  const t = await translator(request);
  return { title: t("admin.audit.title"), ...log, filter: { action, person: memberId ?? "" } };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Audit() {
  const { title, entries, nextCursor, filter } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const query = new URLSearchParams(filter).toString();
  return (
    <Section title={title} lead={t("admin.about.audit")}>
      <Filters />
      {entries.length === 0 && <EmptyState icon={<History />} title={t("admin.audit.empty")} />}
      <ol className="grid max-w-3xl grid-cols-1">
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        {nextCursor && (
          <Link to={`?${query}&cursor=${nextCursor}`} className={buttonClass("quiet")}>
            {t("admin.audit.older")}
          </Link>
        )}
        <DownloadForm action={`/admin/audit/csv?${query}`}>{t("admin.audit.csv")}</DownloadForm>
      </div>
    </Section>
  );
}

function Filters() {
  const { actions, people, filter } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const nameOf = useActionName();
  return (
    <Form method="get" className="grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]">
      <Select label={t("admin.audit.action")} name="action" key={`a${filter.action}`} defaultValue={filter.action}>
        <option value="">{t("admin.audit.anything")}</option>
        {actions.map((action) => (
          <option key={action} value={action}>
            {nameOf(action)}
          </option>
        ))}
      </Select>
      <Select label={t("admin.audit.person")} name="person" key={`p${filter.person}`} defaultValue={filter.person}>
        <option value="">{t("admin.audit.anybody")}</option>
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Button type="submit">{t("admin.audit.filter")}</Button>
    </Form>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
