import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, findProfile, requireActor } from "~/modules/accounts/index.server";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { createGroup, listAcquaintances } from "~/modules/chats/index.server";
import { PeopleChoice } from "~/modules/chats/ui/people-choice";
import { formOf } from "~/platform/form-of.server";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import { PageHeader } from "~/ui/page-header";

export async function loader({ request }: LoaderFunctionArgs) {
  const actor = await requireActor(request);
  const [profile, people, t] = await Promise.all([
    findProfile(request),
    listAcquaintances(actor, null),
    translator(request),
  ]);
  const organisations = profile?.organisations.map(({ orgId, name }) => ({ orgId, name })) ?? [];
  return { title: t("chat.newGroup"), people, organisations };
}

export async function action({ request }: ActionFunctionArgs) {
  const actor = await requireActor(request);
  const form = await formOf(request);
  try {
    const id = await createGroup(actor, {
      title: String(form.get("title") ?? ""),
      accountIds: form.getAll("people").map(String),
      orgId: String(form.get("organisation") ?? "") || null,
    });
    return redirect(`/chats/${id}`);
  } catch (error) {
    return asFormProblem(error);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** Makes a group. */
export default function NewGroup() {
  const { title, people, organisations } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={title} back={{ to: "/chats", when: "phone" }} />
      <Form method="post" className="grid max-w-2xl grid-cols-1 gap-5 overflow-y-auto p-5">
        <ProblemNote problem={problem} />
        <TextField name="title" label={t("chat.groupName")} maxLength={80} required autoComplete="off" />
        {organisations.length > 0 && (
          <Select name="organisation" label={t("chat.groupOf")}>
            <option value="">{t("chat.groupOwn")}</option>
            {organisations.map(({ orgId, name }) => (
              <option key={orgId} value={orgId}>
                {name}
              </option>
            ))}
          </Select>
        )}
        <PeopleChoice title={t("chat.groupPeople")} people={people} />
        <div>
          <Button type="submit" variant="primary">
            {t("chat.groupCreate")}
          </Button>
        </div>
      </Form>
    </>
  );
}
