import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { Bot } from "lucide-react";
import { translator } from "~/i18n/i18n.server";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, listAreas, listMembers, requireAdmin } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { listFlows } from "~/modules/bots/index.server";
import { formOf } from "~/platform/form-of.server";
import { transact } from "~/platform/transact.server";
import { Button } from "~/ui/button";
import { PageHeader } from "~/ui/page-header";
import { EmptyState } from "~/ui/state/empty-state";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { FlowRow } from "./flow-row";
import { ImportQuestions } from "./import-questions";
import { NewFlow } from "./new-flow";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const flows = await listFlows(actor, orgId);
  const scope = { orgId, accountId: actor.accountId };
  const [areas, members] = await transact(actor, scope, async (ctx) => [
    (await listAreas(ctx, { orgId })).areas,
    (await listMembers(ctx, { orgId, limit: 100 })).members,
  ]);
  const t = await translator(request);
  const asked = new URL(request.url).searchParams;
  const named = <Thing extends { id: string; name: string }>({ id, name }: Thing) => ({ id, name });
  return {
    title: t("bots.list.title"),
    flows,
    things: {
      area: areas.map(named),
      member: members.map(named),
      flow: flows.filter((one) => !one.archived).map(named),
    },
    done: asked.get("done"),
    archived: asked.get("flow"),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    const done = await act(actor, membership.orgId, form);
    return "to" in done ? redirect(done.to) : { asks: done.asks };
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

export default function BotList() {
  const { title, flows, things, done, archived } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { answered } = useFormAnswer();
  const { t } = useTranslation();
  const asks = answer && "asks" in answer ? answer.asks : null;
  const living = flows.filter((flow) => !flow.archived);
  const past = flows.filter((flow) => flow.archived);
  return (
    <>
      <PageHeader title={title} actions={<NewFlow />} />
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4 sm:px-8">
        <div className="grid max-w-4xl gap-4">
          <p className="max-w-[40rem] text-ink-soft">{t("bots.list.lead")}</p>
          {done === "archived" && archived && !answered && <Archived flowId={archived} />}
          {done === "restored" && !answered && <DoneNote>{t("bots.list.restored")}</DoneNote>}
          {done === "renamed" && !answered && <DoneNote>{t("bots.list.renamed")}</DoneNote>}
          {asks && <ImportQuestions asks={asks} things={things} />}
          {living.length === 0 ? (
            <EmptyState icon={<Bot />} title={t("bots.list.none")} text={t("bots.list.noneText")} />
          ) : (
            <ul aria-label={title} className="grid divide-y divide-line">
              {living.map((flow) => (
                <FlowRow key={flow.id} flow={flow} />
              ))}
            </ul>
          )}
          {past.length > 0 && (
            <details className="border-line border-t pt-3">
              <summary className="touch-target rounded-sm py-1 font-medium text-ink-soft">
                {t("bots.list.past", { count: past.length })}
              </summary>
              <ul className="grid divide-y divide-line">
                {past.map((flow) => (
                  <FlowRow key={flow.id} flow={flow} />
                ))}
              </ul>
            </details>
          )}
        </div>
      </div>
    </>
  );
}

function Archived({ flowId }: { flowId: string }) {
  const { t } = useTranslation();
  const { problemOf } = useFormAnswer();
  return (
    <div className="grid gap-2">
      <DoneNote>
        <Form method="post" className="flex flex-wrap items-center gap-3">
          {t("bots.list.archived")}
          <input type="hidden" name="flowId" value={flowId} />
          <Button type="submit" size="sm" name="intent" value="restore">
            {t("bots.editor.undo")}
          </Button>
        </Form>
      </DoneNote>
      <ProblemNote problem={problemOf("restore", { flowId })} />
    </div>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
