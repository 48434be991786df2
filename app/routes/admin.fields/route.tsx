import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireAdmin } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { CustomField } from "~/modules/contacts";
import { listFields } from "~/modules/contacts/index.server";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { FieldRow } from "./field-row";
import { NewField, SUBJECTS } from "./new-field";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const t = await translator(request);
  const fields = await transact(actor, { orgId }, (ctx) => listFields(ctx, { orgId, archived: true }));
  return { title: t("admin.fields.title"), fields, done: new URL(request.url).searchParams.get("done") };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    await act(actor, membership.orgId, form);
    return redirect(`/admin/fields?done=${form.get("intent")}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** What the organisation notes of contacts and tickets beside what the product does. */
export default function Fields() {
  const { title, fields, done } = useLoaderData<typeof loader>();
  const { answered } = useFormAnswer();
  const { t } = useTranslation();
  const said = done && !answered ? <DoneNote>{t("settings.saved")}</DoneNote> : null;
  return (
    <>
      <Section title={title} lead={t("admin.fields.lead")}>
        {done !== "create" && said}
        {SUBJECTS.map((subject) => (
          <FieldList key={subject} subject={subject} fields={fields.filter((field) => field.subject === subject)} />
        ))}
      </Section>
      <Section id="create" title={t("admin.fields.create")}>
        {done === "create" && said}
        {/* A new key after each creation empties the form. */}
        <NewField key={fields.length} />
      </Section>
    </>
  );
}

/** Those in use in their order, then the archived ones. */
function FieldList({ subject, fields }: { subject: CustomField["subject"]; fields: CustomField[] }) {
  const { t } = useTranslation();
  const used = fields.filter(({ archived }) => !archived);
  const rows = [...used, ...fields.filter(({ archived }) => archived)];
  return (
    <div>
      <h3 className="font-medium">{t(`admin.fields.subjects.${subject}`)}</h3>
      {rows.length === 0 && <p className="text-ink-soft text-sm">{t("admin.fields.none")}</p>}
      <ul className="grid grid-cols-1">
        {rows.map((field, at) => (
          <FieldRow key={`${field.id}-${field.label}`} field={field} first={at === 0} last={at === used.length - 1} />
        ))}
      </ul>
    </div>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
