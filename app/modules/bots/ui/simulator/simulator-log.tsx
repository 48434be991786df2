import { Crosshair } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { Bubble } from "~/ui/conversation/bubble";
import { ChoiceButtons } from "~/ui/conversation/choice-buttons";
import { EventLine } from "~/ui/conversation/event-line";
import { IconButton } from "~/ui/icon-button";
import type { Flow } from "../../flow";
import type { Line } from "../../simulator/simulation";
import { ListMenu } from "./list-menu";
import { MediaCard } from "./media-card";
import { useAnswerWords } from "./send-menu";
import { useHappening } from "./use-happening";

type SimulatorLogProps = {
  /** What runs. */
  flow: Flow;
  lines: readonly Line[];
  /** What was offered last can be tapped while the bot waits. */
  open: boolean;
  onPick: (choice: { id: string; label: string }) => void;
  onNode: (id: string) => void;
};

/** The conversation as a phone shows it; what is new is read out. */
export function SimulatorLog({ flow, lines, open, onPick, onNode }: SimulatorLogProps) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what it follows.
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [lines.length]);
  const offered = open ? lines.findLastIndex((line) => line.from === "bot" && line.choices.length > 0) : -1;
  return (
    <div role="log" aria-label={t("bots.simulator.log")} className="min-h-0 flex-1 overflow-y-auto pb-3">
      {lines.length === 0 && <p className="px-6 py-10 text-center text-ink-soft">{t("bots.simulator.begin")}</p>}
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added.
        <LogLine key={i} flow={flow} at={i} line={line} onPick={i === offered ? onPick : undefined} onNode={onNode} />
      ))}
      <div ref={end} />
    </div>
  );
}

type LogLineProps = {
  flow: Flow;
  at: number;
  line: Line;
  onPick?: SimulatorLogProps["onPick"];
  onNode: SimulatorLogProps["onNode"];
};

function LogLine({ flow, at, line, onPick, onNode }: LogLineProps) {
  const { t } = useTranslation();
  const happening = useHappening(flow);
  const answerWords = useAnswerWords();
  if (line.from === "system") return <EventLine at={line.at}>{happening(line)}</EventLine>;
  const base = { id: `line-${at}`, kind: "text", visibility: "public", created_at: line.at } as const;
  if (line.from === "customer") {
    const author = { kind: "contact", id: "customer", name: t("bots.simulator.customer") } as const;
    return <Bubble own message={{ ...base, author, text: answerWords(line.answer) }} />;
  }
  const { node, choices, list, media } = line;
  const author = { kind: "bot", id: "bot", name: "" } as const;
  return (
    <Bubble
      own={false}
      message={{ ...base, author, text: line.text || null }}
      card={media && <MediaCard media={media} />}
      choices={
        list ? (
          <ListMenu list={list} onPick={onPick} />
        ) : (
          choices.length > 0 && <ChoiceButtons choices={choices} onPick={onPick} />
        )
      }
      actions={
        node !== null && (
          <IconButton
            className="opacity-0 focus-visible:opacity-100 group-hover/message:opacity-100 pointer-coarse:opacity-100"
            label={t("bots.simulator.showNode")}
            icon={<Crosshair aria-hidden />}
            onClick={() => onNode(node)}
          />
        )
      }
    />
  );
}
