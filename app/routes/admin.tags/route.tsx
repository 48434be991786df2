import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireAdmin } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { listTags } from "~/modules/contacts/index.server";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { Button } from "~/ui/button";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { TagFields } from "./tag-fields";
import { TagRow } from "./tag-row";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const t = await translator(request);
  const tags = await transact(actor, { orgId }, (ctx) => listTags(ctx, orgId));
  return { title: t("admin.tags.title"), tags, done: new URL(request.url).searchParams.get("done") };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    await act(actor, membership.orgId, form);
    return redirect(`/admin/tags?done=${form.get("intent")}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The words by which contacts and tickets are sorted. */
export default function Tags() {
  const { title, tags, done } = useLoaderData<typeof loader>();
  const { answered, problemOf, isBusy } = useFormAnswer();
  const { t } = useTranslation();
  const said = done && !answered ? <DoneNote>{t("settings.saved")}</DoneNote> : null;
  return (
    <>
      <Section title={title} lead={t("admin.tags.lead")}>
        {done !== "create" && said}
        {tags.length === 0 && <p className="text-ink-soft">{t("admin.tags.none")}</p>}
        <ul className="grid grid-cols-1">
          {tags.map((tag) => (
            <TagRow
              key={`${tag.id}-${tag.name}-${tag.colour}`}
              tag={tag}
              others={tags.filter(({ id }) => id !== tag.id)}
            />
          ))}
        </ul>
      </Section>
      <Section id="create" title={t("admin.tags.create")}>
        {done === "create" && said}
        <ProblemNote problem={problemOf("create")} fields={["name"]} />
        {/* A new key after each creation empties the form. */}
        <Form key={tags.length} method="post" noValidate className="grid max-w-md gap-4" preventScrollReset>
          <TagFields />
          <div>
            <Button type="submit" name="intent" value="create" variant="primary" busy={isBusy("create")}>
              {t("admin.tags.createSubmit")}
            </Button>
          </div>
        </Form>
      </Section>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
