import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { ChartColumn } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireAdmin } from "~/modules/accounts/index.server";
import { listStayTickets, listVersions, readFigures } from "~/modules/bots/index.server";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";
import { askedOf } from "./asked";
import { NodeRow } from "./node-row";
import { StayTickets } from "./stay-tickets";

const SPANS = [7, 30, 90];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const at = [actor, membership.orgId, params.id ?? ""] as const;
  const asked = askedOf(new URL(request.url).searchParams);
  const versions = await listVersions(...at);
  const figures = await readFigures(...at, { versionId: asked.version, days: asked.days });
  const { version } = figures;
  const tickets =
    version && asked.node
      ? await listStayTickets(...at, { versionId: version.id, days: asked.days, ...asked.stays, node: asked.node })
      : null;
  const t = await translator(request);
  return { title: t("bots.figures.title"), flowId: at[2], asked, versions, figures, tickets };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** What happened at each node of a version: a table to read, with what the canvas shows as numbers. */
export default function Figures() {
  const { title, flowId, asked, versions, figures, tickets } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  // In the order of the flow where as many came.
  const drawn = Object.keys(figures.words);
  const rows = Object.entries(figures.nodes).sort(
    ([a, of], [b, and]) => and.visits - of.visits || drawn.indexOf(a) - drawn.indexOf(b),
  );
  const most = Math.max(1, ...rows.map(([, { visits }]) => visits));
  return (
    <>
      <PageHeader title={title} back={{ to: `/bots/${flowId}`, when: "always" }} />
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-8">
        <div className="grid max-w-5xl grid-cols-1 gap-5">
          <Form className="flex flex-wrap items-end gap-3">
            <Select name="version" label={t("bots.figures.version")} defaultValue={figures.version?.id ?? ""}>
              {versions.map(({ id, number, name }) => (
                <option key={id} value={id}>
                  {[t("bots.trace.version", { number }), name].filter(Boolean).join(" · ")}
                </option>
              ))}
            </Select>
            <Select name="days" label={t("bots.figures.span")} defaultValue={asked.days}>
              {SPANS.map((days) => (
                <option key={days} value={days}>
                  {t("bots.figures.days", { count: days })}
                </option>
              ))}
            </Select>
            <Button type="submit">{t("bots.figures.show")}</Button>
          </Form>
          {figures.partial && <p className="text-ink-soft text-sm">{t("bots.figures.partial")}</p>}
          {tickets && <StayTickets tickets={tickets} asked={asked} words={figures.words} />}
          {rows.length === 0 ? (
            <EmptyState icon={<ChartColumn />} title={t("bots.figures.empty")} text={t("bots.figures.emptyText")} />
          ) : (
            <ul className="grid grid-cols-1">
              {rows.map(([id, node]) => (
                <NodeRow key={id} id={id} words={figures.words[id]} figures={node} most={most} asked={asked} />
              ))}
            </ul>
          )}
          <p className="text-ink-soft text-sm">
            <Link to={`/bots/${flowId}/replay`} className="text-accent-text underline underline-offset-2">
              {t("bots.replay.title")}
            </Link>
          </p>
        </div>
      </div>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
