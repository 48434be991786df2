import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, getOrganisation, listAreas, listHolidays, requireAdmin } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { notFound } from "~/platform/errors";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { Holidays } from "./holidays";
import { WeekForm } from "./week-form";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const { searchParams } = new URL(request.url);
  const chosen = searchParams.get("area");
  const { organisation, areas, holidays } = await transact(
    actor,
    { orgId, accountId: actor.accountId },
    async (ctx) => ({
      organisation: await getOrganisation(ctx, orgId),
      areas: (await listAreas(ctx, { orgId })).areas,
      holidays: await listHolidays(ctx, orgId),
    }),
  );
  const area = chosen ? areas.find(({ id }) => id === chosen) : null;
  if (area === undefined) throw notFound("area");
  const { hours, hoursText } = area ?? organisation;
  const t = await translator(request);
  return {
    title: t("admin.hours.title"),
    areas: areas.map(({ id, name, hours: own }) => ({ id, name, own: own !== null })),
    area: area && { id: area.id, name: area.name },
    week: { hours, hoursText },
    organisation: { name: organisation.name, hoursText: organisation.hoursText, timeZone: organisation.timeZone },
    holidays,
    done: searchParams.get("done"),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    const areaId = await act(actor, membership.orgId, form);
    const which = areaId ? `&area=${areaId}` : "";
    return redirect(`/admin/hours?done=${form.get("intent")}${which}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function Hours() {
  const { title, areas, area, week, organisation, holidays, done } = useLoaderData<typeof loader>();
  const { answered, problemOf } = useFormAnswer();
  const { t } = useTranslation();
  return (
    <>
      <Section title={title} lead={t("admin.about.hours")}>
        <nav aria-label={t("admin.hours.whose")} className="flex flex-wrap gap-1">
          <Whose to="/admin/hours" here={area === null}>
            {t("admin.hours.everybody")}
          </Whose>
          {areas.map(({ id, name }) => (
            <Whose key={id} to={`?area=${id}`} here={area?.id === id}>
              {name}
            </Whose>
          ))}
        </nav>
        {done === "week" && !answered && <DoneNote>{t("settings.saved")}</DoneNote>}
        <ProblemNote problem={problemOf("week")} />
        <WeekForm key={area?.id ?? "all"} area={area} week={week} organisation={organisation} />
      </Section>
      <Holidays
        key={holidays.length}
        holidays={holidays}
        areas={areas}
        area={area?.id ?? ""}
        done={(done === "holiday" || done === "remove") && !answered}
      />
    </>
  );
}

function Whose({ to, here, children }: { to: string; here: boolean; children: string }) {
  return (
    <Link
      to={to}
      aria-current={here ? "true" : undefined}
      preventScrollReset
      className="inline-flex min-h-8 max-w-full items-center rounded-sm border border-line-mid px-2.5 text-sm hover:bg-hover aria-[current]:border-transparent aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent-text pointer-coarse:min-h-11"
    >
      <bdi className="truncate">{children}</bdi>
    </Link>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
