import { Link } from "@remix-run/react";
import { useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { askServer, codeOfRefusal } from "~/platform/ask-server";
import { buttonClass } from "~/ui/button";
import { Dialog } from "~/ui/overlay/dialog";
import { Spinner } from "~/ui/state/spinner";
import { Time } from "~/ui/time";
import {
  type ExplainedEntry,
  type ExplainedEvent,
  type ExplainedRun,
  type Explanation,
  eventsAt,
} from "../../tracing/explanation";
import type { Json } from "../../wording/json";
import { useNodeLabel } from "../use-node-label";
import { useDetailWords } from "./use-detail-words";

type WhyDialogProps = {
  orgId: string;
  ticket: { id: string; number: number };
  /** What is asked about: a message of a bot. Null: all that the ticket's bots did. */
  message: { author: { id: string | null }; created_at: string } | null;
  onClose: () => void;
};

/** Why a bot said what it said: the nodes that it came through, what it understood by which rule, and its values. */
export function WhyDialog({ orgId, ticket, message, onClose }: WhyDialogProps) {
  const { t } = useTranslation();
  const [explained, setExplained] = useState<Explanation | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let gone = false;
    askServer<Explanation>(`/inbox/${ticket.id}/why?org=${orgId}`).then(
      (answer) => gone || setExplained(answer),
      (error: unknown) => gone || setProblem(codeOfRefusal(error)),
    );
    return () => {
      gone = true;
    };
  }, [ticket.id, orgId]);
  return (
    <Dialog title={t("bots.trace.title")} shape="sheet" size="md" open onOpenChange={(open) => open || onClose()}>
      {problem && <p role="alert">{t([`errors.${problem}`, "errors.unexpected"])}</p>}
      {!problem && !explained && <Spinner className="mx-auto my-8 size-6" />}
      {explained && <Explained explained={explained} ticket={ticket} message={message} />}
    </Dialog>
  );
}

type ExplainedProps = Pick<WhyDialogProps, "ticket" | "message"> & { explained: Explanation };

function Explained({ explained, ticket, message }: ExplainedProps) {
  const { t } = useTranslation();
  const shown = explained.runs
    .map((run) => ({
      run,
      events: message
        ? eventsAt({ ...explained, runs: [run] }, message.author.id, message.created_at)
        : run.ticketId === ticket.id
          ? run.events
          : [],
    }))
    .filter(({ events }) => events.length > 0);
  if (shown.length === 0) return <p className="text-ink-soft">{t("bots.trace.nothing")}</p>;
  return (
    <div className="grid gap-6">
      {shown.map(({ run, events }) => (
        <section key={run.id} className="grid gap-3">
          <h3 className="font-semibold">
            <bdi>{run.flow.name}</bdi>{" "}
            <span className="font-normal text-ink-soft text-sm">
              {t("bots.trace.version", { number: run.version })}
            </span>
          </h3>
          {events.map((event, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: events have no name but their place.
            <EventShown key={i} event={event} nodes={run.nodes} />
          ))}
          <Values values={run.values} />
          {explained.mayEdit && (
            <p>
              <Link to={`/bots/${run.flow.id}/replay?ticket=${ticket.number}`} className={buttonClass("quiet", "sm")}>
                {t("bots.trace.replay")}
              </Link>
            </p>
          )}
        </section>
      ))}
    </div>
  );
}

type Nodes = ExplainedRun["nodes"];

function EventShown({ event, nodes }: { event: ExplainedEvent; nodes: Nodes }) {
  return (
    <div>
      <p className="mb-1 text-ink-faint text-xs">
        <Time at={event.at} style="full" />
      </p>
      <ol className="grid gap-1.5 border-line-mid border-s-2 ps-3">
        {event.entries.map((entry, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a trace have no name but their place.
          <EntryShown key={i} entry={entry} nodes={nodes} />
        ))}
      </ol>
    </div>
  );
}

const asText = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

function EntryShown({ entry, nodes }: { entry: ExplainedEntry; nodes: Nodes }) {
  const { t } = useTranslation();
  const { nodeLabel } = useNodeLabel();
  const details = useDetailWords(nodes)(entry);
  return (
    <li className="text-sm">
      <span className="text-ink-soft">{t(`bots.trace.what.${entry.what}`)}</span>{" "}
      {entry.node !== null && <bdi className="font-medium">{nodeLabel(nodes[entry.node], entry.node)}</bdi>}
      {details.length > 0 && <span className="wrap-anywhere block text-ink-soft text-xs">{details.join(" · ")}</span>}
    </li>
  );
}

function Values({ values }: { values: { [name: string]: Json } }) {
  const { t } = useTranslation();
  const all = Object.entries(values);
  if (all.length === 0) return null;
  return (
    <div>
      <h4 className="font-medium text-sm">{t("bots.trace.values")}</h4>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-sm">
        {all.map(([name, value]) => (
          <div key={name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="font-mono text-ink-soft">flow.{name}</dt>
            <dd className="wrap-anywhere">{asText(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
