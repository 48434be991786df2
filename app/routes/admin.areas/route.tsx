import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, listAreas, requireAdmin } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { Button } from "~/ui/button";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { AreaFields } from "./area-fields";
import { AreaRow } from "./area-row";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const scope = { orgId, accountId: actor.accountId };
  const { areas } = await transact(actor, scope, (ctx) => listAreas(ctx, { orgId, archived: true }));
  const t = await translator(request);
  return { title: t("admin.areas.title"), areas, done: new URL(request.url).searchParams.get("done") };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    const done = await act(actor, membership.orgId, form);
    return redirect(`/admin/areas?done=${done}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Areas() {
  const { title, areas, done } = useLoaderData<typeof loader>();
  const { answered } = useFormAnswer();
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.about.areas")}>
        {done === "archived" && !answered && <DoneNote>{t("admin.areas.archived")}</DoneNote>}
        <ul className="grid max-w-3xl grid-cols-1">
          {areas.map((area, at) => (
            <AreaRow key={area.id} area={area} first={at === 0} last={areas[at + 1]?.archived ?? true} />
          ))}
        </ul>
      </Section>
      {/* A new key after each creation empties the form. */}
      <CreateArea key={areas.length} created={done === "created" && !answered} />
    </>
  );
}

function CreateArea({ created }: { created: boolean }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  return (
    <Section title={t("admin.areas.create")}>
      {created && <DoneNote>{t("admin.areas.created")}</DoneNote>}
      <ProblemNote problem={problemOf("create")} fields={["name"]} />
      <Form method="post" noValidate className="grid max-w-md gap-4" preventScrollReset>
        <AreaFields />
        <div>
          <Button type="submit" name="intent" value="create" variant="primary" busy={isBusy("create")}>
            {t("admin.areas.createSubmit")}
          </Button>
        </div>
      </Form>
    </Section>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
