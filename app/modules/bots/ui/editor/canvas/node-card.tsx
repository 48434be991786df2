import { Handle, type NodeProps, Position } from "@xyflow/react";
import { CircleAlert, Plus, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "~/i18n/translation";
import type { DraftNode } from "../../../editing/draft";
import { EdgeShare, NodeFigureBadge } from "../../figures/node-figure-badge";
import { KindIcon } from "../kind-look";
import { type DrawnExit, draftExits, leadsOn } from "../model/draft-exits";
import { useEditorState } from "../state/editor-context";
import { summaryOf, useWords } from "../words";
import { useCanvasDeeds } from "./canvas-deeds";
import type { CardNode } from "./flow-elements";
import { useShownFigures } from "./shown-figures";

/** A node as it is drawn: what it is, what the customer reads of it, and where it leads. */
export const NodeCard = memo(function NodeCard({ data, selected }: NodeProps<CardNode>) {
  const { node, isStart } = data;
  const words = useWords();
  const summary = summaryOf(node);
  const figures = useShownFigures(node.id);
  return (
    <div
      className={`w-68 rounded-md border bg-raised text-base ${selected ? "border-focus outline-2 outline-focus" : "border-line-mid"}`}
    >
      {!isStart && <Handle type="target" position={Position.Left} className="flow-handle flow-handle-in" />}
      <div className="flex items-center gap-2.5 px-3 pt-2.5 pb-2">
        <KindIcon kind={node.kind} />
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold">{words.nodeName(node)}</p>
          {node.title.trim() !== "" && <p className="truncate text-ink-soft text-xs">{words.kindName(node.kind)}</p>}
        </div>
        {figures && <NodeFigureBadge figures={figures} />}
        <ProblemMark id={node.id} />
      </div>
      <p
        className={`mx-3 mb-2.5 line-clamp-3 whitespace-pre-line text-sm ${summary ? "text-ink" : "text-ink-faint"}`}
        dir="auto"
      >
        {summary || words.kindAbout(node.kind)}
      </p>
      <Exits node={node} />
    </div>
  );
});

function Exits({ node }: { node: DraftNode }) {
  const exits = draftExits(node) ?? [];
  if (exits.length === 0) return null;
  return (
    <ul className="border-line border-t py-1">
      {exits.map((exit) => (
        <ExitRow key={exit.id} node={node} exit={exit} />
      ))}
    </ul>
  );
}

function ExitRow({ node, exit }: { node: DraftNode; exit: DrawnExit }) {
  const { t } = useTranslation();
  const name = useWords().exitName(node, exit.id);
  const figures = useShownFigures(node.id);
  const { addAfter } = useCanvasDeeds();
  const leads = useEditorState(({ history }) => leadsOn(history.present.edges, node.id, exit.id));
  return (
    <li className="relative flex h-8 items-center justify-end gap-1 pr-4 pl-3">
      <span className={`truncate text-sm ${exit.fallback ? "text-ink-faint" : "text-ink-soft"}`}>{name}</span>
      <EdgeShare figures={figures} exit={exit.id} />
      {!leads && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t("bots.editor.addAfter", { exit: name })}
          title={t("bots.editor.addAfter", { exit: name })}
          className="nodrag inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink"
          onClick={(event) => {
            event.stopPropagation();
            addAfter({ from: node.id, exit: exit.id }, event.currentTarget);
          }}
        >
          <Plus aria-hidden className="size-4" />
        </button>
      )}
      <Handle
        id={exit.id}
        type="source"
        position={Position.Right}
        className={`flow-handle ${leads ? "flow-handle-used" : exit.fallback ? "" : "flow-handle-open"}`}
      />
    </li>
  );
}

function ProblemMark({ id }: { id: string }) {
  const { t } = useTranslation();
  const worst = useEditorState((state) => state.worst.get(id));
  if (!worst) return null;
  const label = t(worst === "error" ? "bots.editor.hasError" : "bots.editor.hasWarning");
  const Icon = worst === "error" ? CircleAlert : TriangleAlert;
  return (
    <span title={label} className={worst === "error" ? "text-danger-text" : "text-amber-text"}>
      <Icon aria-hidden className="size-4.5" />
      <span className="sr-only">{label}</span>
    </span>
  );
}
