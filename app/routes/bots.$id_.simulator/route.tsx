import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { requireAdmin } from "~/modules/accounts/index.server";
import { type Draft, readDraft } from "~/modules/bots";
import { openDraft } from "~/modules/bots/index.server";
import { SimulatorPanel } from "~/modules/bots/ui/simulator/simulator-panel";
import { buttonClass } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { id, draft } = await openDraft(actor, membership.orgId, params.id ?? "");
  const t = await translator(request);
  return { id, draft, title: t("bots.simulator.title") };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ?? ""}: ${data?.draft.name ?? ""} · GuazuApp` },
];

const nowhere = () => {};

/** The simulator alone, for a phone: the draft as it was saved last. */
export default function Simulator() {
  const { id, draft, title } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const read = useMemo(() => readDraft(draft as Draft), [draft]);
  return (
    <>
      <PageHeader title={draft.name} subtitle={title} back={{ to: `/bots/${id}`, when: "always" }} />
      <div className="mx-auto flex min-h-0 w-full max-w-2xl flex-1 flex-col border-line sm:border-x">
        {read.ok ? (
          <SimulatorPanel flow={read.flow} flowId={id} onNode={nowhere} />
        ) : (
          <EmptyState
            icon={<TriangleAlert />}
            title={t("bots.simulator.incomplete")}
            text={t("bots.simulator.incompleteText", { count: read.problems.length })}
            action={
              <Link to={`/bots/${id}`} className={buttonClass("primary")}>
                {t("bots.simulator.toEditor")}
              </Link>
            }
          />
        )}
      </div>
    </>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
