import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, listAreaPeople, listAreas, requireAdmin } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { notFound } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { ArchiveArea } from "./archive-area";
import { AREA_FIELDS, AreaSettings } from "./area-settings";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const { areas, people } = await transact(actor, { orgId, accountId: actor.accountId }, async (ctx) => ({
    areas: (await listAreas(ctx, { orgId })).areas,
    people: await listAreaPeople(ctx, { orgId, areaId: params.areaId ?? "" }),
  }));
  const area = areas.find(({ id }) => id === params.areaId);
  if (!area) throw notFound("area");
  const others = areas.filter(({ id }) => id !== area.id).map(({ id, name }) => ({ id, name }));
  return { area, others, people, done: new URL(request.url).searchParams.get("done") };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  const areaId = params.areaId ?? "";
  try {
    const done = await act(actor, membership.orgId, areaId, form);
    return redirect(done === "archived" ? "/admin/areas?done=archived" : `/admin/areas/${areaId}?done=${done}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.area.name ?? ""} · GuazuApp` }];

export default function Area() {
  const { area, others, people, done } = useLoaderData<typeof loader>();
  const { answered, problemOf, isBusy } = useFormAnswer();
  const { t } = useTranslation();
  return (
    <>
      <Section
        title={area.name}
        lead={
          <Link
            to="/admin/areas"
            className="touch-target inline-flex items-center text-accent-text underline underline-offset-2"
          >
            {t("admin.areas.all")}
          </Link>
        }
      >
        {done === "saved" && !answered && <DoneNote>{t("settings.saved")}</DoneNote>}
        <ProblemNote problem={problemOf("update")} fields={AREA_FIELDS} />
        <AreaSettings area={area} others={others} />
      </Section>
      <Section id="people" title={t("admin.areas.people")} lead={t("admin.areas.peopleLead")}>
        {done === "people" && !answered && <DoneNote>{t("settings.saved")}</DoneNote>}
        <ProblemNote problem={problemOf("people")} />
        <Form method="post" className="grid gap-3" preventScrollReset>
          <fieldset>
            <legend className="sr-only">{t("admin.areas.people")}</legend>
            <div className="grid gap-x-5 sm:grid-cols-2">
              {people.map(({ id, name, email, inArea }) => (
                <Checkbox
                  key={`${id}${inArea}`}
                  name="memberIds"
                  value={id}
                  label={name}
                  hint={email}
                  defaultChecked={inArea}
                />
              ))}
            </div>
          </fieldset>
          <div>
            <Button type="submit" name="intent" value="people" busy={isBusy("people")}>
              {t("ui.save")}
            </Button>
          </div>
        </Form>
      </Section>
      <ArchiveArea others={others} />
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
