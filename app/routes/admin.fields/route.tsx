import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { ArrowDown, ArrowUp } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireAdmin } from "~/modules/accounts/index.server";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import type { CustomField } from "~/modules/contacts";
import { listFields } from "~/modules/contacts/index.server";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";

const SUBJECTS = ["contact", "ticket"] as const;
const KINDS = ["text", "number", "date", "choice", "yes_no"] as const;

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const t = await translator(request);
  const fields = await transact(actor, { orgId }, (ctx) => listFields(ctx, { orgId, archived: true }));
  return { title: t("admin.fields.title"), fields };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    await act(actor, membership.orgId, form);
    return redirect("/admin/fields");
  } catch (error) {
    return asFormProblem(error);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** What the organisation notes of contacts and tickets beside what the product does. */
export default function Fields() {
  const { title, fields } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.fields.lead")}>
        <ProblemNote problem={problem} />
        {SUBJECTS.map((subject) => (
          <div key={subject}>
            <h3 className="font-medium">{t(`admin.fields.subjects.${subject}`)}</h3>
            {!fields.some((field) => field.subject === subject) && (
              <p className="text-ink-soft text-sm">{t("admin.fields.none")}</p>
            )}
            <ul className="grid grid-cols-1">
              {fields
                .filter((field) => field.subject === subject)
                .map((field) => (
                  <FieldRow key={`${field.id}-${field.label}`} field={field} />
                ))}
            </ul>
          </div>
        ))}
      </Section>
      <Section title={t("admin.fields.create")}>
        <Form key={fields.length} method="post" className="grid max-w-md gap-4" preventScrollReset>
          <Select label={t("admin.fields.subject")} name="subject">
            {SUBJECTS.map((one) => (
              <option key={one} value={one}>
                {t(`admin.fields.subjects.${one}`)}
              </option>
            ))}
          </Select>
          <TextField label={t("admin.fields.label")} name="label" maxLength={60} />
          <Select label={t("admin.fields.kind")} name="kind">
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`admin.fields.kinds.${one}`)}
              </option>
            ))}
          </Select>
          <TextField label={t("admin.fields.options")} hint={t("admin.fields.optionsHint")} name="options" optional />
          <div>
            <Button type="submit" name="intent" value="create" variant="primary">
              {t("admin.fields.createSubmit")}
            </Button>
          </div>
        </Form>
      </Section>
    </>
  );
}

function FieldRow({ field }: { field: CustomField }) {
  const { t } = useTranslation();
  const name = field.label;
  return (
    <li className="grid gap-2 border-line border-b py-3 last:border-b-0">
      <Form method="post" className="flex flex-wrap items-center gap-2" preventScrollReset>
        <input type="hidden" name="fieldId" value={field.id} />
        <span className="min-w-0 flex-1">
          <bdi className="wrap-anywhere block font-medium">{name}</bdi>
          <span className="block text-ink-soft text-sm">{t(`admin.fields.kinds.${field.kind}`)}</span>
        </span>
        {field.archived ? (
          <>
            <Badge>{t("admin.areas.archivedBadge")}</Badge>
            <Button type="submit" size="sm" name="intent" value="restore">
              {t("admin.fields.restore")}
            </Button>
          </>
        ) : (
          <>
            <Button type="submit" size="sm" name="intent" value="up" aria-label={t("admin.fields.up", { name })}>
              <ArrowUp aria-hidden className="size-4" />
            </Button>
            <Button type="submit" size="sm" name="intent" value="down" aria-label={t("admin.fields.down", { name })}>
              <ArrowDown aria-hidden className="size-4" />
            </Button>
            <Button type="submit" size="sm" name="intent" value="archive">
              {t("admin.fields.archive")}
            </Button>
          </>
        )}
      </Form>
      <Disclosure label={t("admin.fields.edit")} ariaLabel={t("admin.fields.editOf", { name })}>
        <Form method="post" className="grid max-w-md gap-4" preventScrollReset>
          <input type="hidden" name="fieldId" value={field.id} />
          <TextField label={t("admin.fields.label")} name="label" maxLength={60} defaultValue={name} />
          {field.kind === "choice" ? (
            <TextField label={t("admin.fields.options")} name="options" defaultValue={field.options.join(", ")} />
          ) : (
            <input type="hidden" name="options" value="" />
          )}
          <div>
            <Button type="submit" name="intent" value="change">
              {t("ui.save")}
            </Button>
          </div>
        </Form>
      </Disclosure>
    </li>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
