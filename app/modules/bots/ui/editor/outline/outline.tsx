import { CircleAlert, Plus, Trash2, TriangleAlert, Unlink, Waypoints } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "~/i18n/translation";
import { IconButton } from "~/ui/icon-button";
import type { DraftNode } from "../../../editing/draft";
import { KindIcon } from "../kind-look";
import { remove } from "../model/edits";
import { chainOf, type OutlineEntry, outlineOf } from "../model/outline";
import type { Connecting } from "../panels/connect-dialog";
import { letGo } from "../state/actions";
import { useDraft, useEditor, useEditorState } from "../state/editor-context";
import { summaryOf, useWords } from "../words";

export type OutlineDeeds = {
  onConnect(connecting: Connecting): void;
  onAdd(after: { from: string; exit: string }): void;
};

/** The whole flow as a nested list, for a phone and for who does not see the drawing. */
export function Outline(deeds: OutlineDeeds) {
  const { t } = useTranslation();
  const draft = useDraft();
  const entries = useMemo(() => outlineOf(draft), [draft]);
  const [main, ...loose] = entries;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-3 py-3 sm:px-5">
      <ul aria-label={t("bots.editor.outline")} className="mx-auto grid max-w-3xl gap-2">
        {main && <Chain entry={main} {...deeds} />}
      </ul>
      {loose.length > 0 && (
        <section className="mx-auto mt-6 max-w-3xl">
          <h2 className="mb-2 font-semibold">{t("bots.editor.loose")}</h2>
          <ul className="grid gap-2">
            {loose.map((entry) => (
              <Chain key={entry.node.id} entry={entry} {...deeds} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** A node and, one below the other, those that simply follow: a phone has no room for a step to the right with each. */
function Chain({ entry, ...deeds }: { entry: OutlineEntry } & OutlineDeeds) {
  return chainOf(entry).map((link) => <Entry key={link.entry.node.id} {...link} {...deeds} />);
}

type EntryProps = { entry: OutlineEntry; goesOn: string | null } & OutlineDeeds;

function Entry({ entry, goesOn, ...deeds }: EntryProps) {
  const { node, exits } = entry;
  return (
    <li className="min-w-0">
      <NodeLine node={node} />
      {exits.length > 0 && (
        <ul className="ml-3 grid gap-1 border-line border-l-2 pt-1 pl-2 sm:ml-4 sm:pl-4">
          {exits.map((one) => (
            <li key={one.exit.id} className="min-w-0">
              <ExitLine node={node} exit={one} leadsElsewhere={!one.entry || one.exit.id === goesOn} {...deeds} />
              {one.entry && one.exit.id !== goesOn && (
                <ul className="mb-2 grid gap-2">
                  <Chain entry={one.entry} {...deeds} />
                </ul>
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function NodeLine({ node }: { node: DraftNode }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const words = useWords();
  const start = useDraft().start;
  const worst = useEditorState((state) => state.worst.get(node.id));
  const isOpen = useEditorState(({ panel }) => panel?.kind === "node" && panel.id === node.id);
  const name = words.nodeName(node);
  const Mark = worst === "error" ? CircleAlert : TriangleAlert;
  return (
    <div className={`flex items-center rounded-md border bg-raised ${isOpen ? "border-focus" : "border-line"}`}>
      <button
        type="button"
        id={`outline-${node.id}`}
        className="flex min-h-12 min-w-0 flex-1 items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left hover:bg-hover"
        onClick={() => store.openNode(node.id)}
      >
        <KindIcon kind={node.kind} small />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{name}</span>
          <span className="block truncate text-ink-soft text-sm">{summaryOf(node) || words.kindAbout(node.kind)}</span>
        </span>
        {worst && (
          <span className={worst === "error" ? "text-danger-text" : "text-amber-text"}>
            <Mark aria-hidden className="size-4.5" />
            <span className="sr-only">{t(worst === "error" ? "bots.editor.hasError" : "bots.editor.hasWarning")}</span>
          </span>
        )}
      </button>
      {node.id !== start && (
        <IconButton
          label={t("bots.editor.deleteNamed", { name })}
          icon={<Trash2 aria-hidden />}
          onClick={() => store.edit(remove(new Set([node.id])))}
        />
      )}
    </div>
  );
}

type ExitLineProps = {
  node: DraftNode;
  exit: OutlineEntry["exits"][number];
  /** What it leads to does not stand right below it. */
  leadsElsewhere: boolean;
} & OutlineDeeds;

function ExitLine({ node, exit: { exit, to }, leadsElsewhere, onConnect, onAdd }: ExitLineProps) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const words = useWords();
  const name = words.exitName(node, exit.id);
  const after = { from: node.id, exit: exit.id };
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-1 text-sm">
      <span className={`min-w-0 flex-1 ${exit.fallback ? "text-ink-faint" : "text-ink-soft"}`}>
        {name}
        {to && leadsElsewhere && (
          <a href={`#outline-${to.id}`} className="touch-target ml-2 text-accent-text underline underline-offset-2">
            {t("bots.editor.goesTo", { name: words.nodeName(to) })}
          </a>
        )}
        {!to && <span className="ml-2 text-ink-faint">{t("bots.editor.nowhere")}</span>}
      </span>
      {!to && (
        <IconButton
          label={t("bots.editor.addAfter", { exit: name })}
          icon={<Plus aria-hidden />}
          onClick={() => onAdd(after)}
        />
      )}
      <IconButton
        label={t("bots.editor.connectExit", { exit: name })}
        icon={<Waypoints aria-hidden />}
        onClick={() => onConnect(after)}
      />
      {to && (
        <IconButton
          label={t("bots.editor.letGo", { exit: name })}
          icon={<Unlink aria-hidden />}
          onClick={() => letGo(store, after.from, after.exit)}
        />
      )}
    </div>
  );
}
