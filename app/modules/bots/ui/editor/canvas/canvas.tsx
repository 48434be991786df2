import "./canvas.css";
import {
  Background,
  Controls,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
} from "@xyflow/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Point } from "../model/edits";
import { addKind } from "../state/actions";
import { useDraft, useEditor, useEditorState } from "../state/editor-context";
import { type CanvasDeeds, CanvasDeedsProvider } from "./canvas-deeds";
import { type CanvasNode, flowElements } from "./flow-elements";
import { KindChooser } from "./kind-chooser";
import { NodeCard } from "./node-card";
import { StickyCard } from "./sticky-card";
import { useCanvasDoings } from "./use-canvas-doings";
import { useCanvasKeys } from "./use-canvas-keys";
import { WayEdge } from "./way-edge";

/** The flow as a drawing. It only draws the model, and tells it what was done. */
export default function Canvas({ onAsk }: { onAsk(what: "find" | "connect"): void }) {
  return (
    <ReactFlowProvider>
      <Drawing onAsk={onAsk} />
    </ReactFlowProvider>
  );
}

function Drawing({ onAsk }: { onAsk(what: "find" | "connect"): void }) {
  const { t } = useTranslation();
  const { store } = useEditor();
  const draft = useDraft();
  const selected = useEditorState((state) => state.selected);
  const [elements] = useState(flowElements);
  const box = useRef<HTMLDivElement>(null);
  const { deeds, chosenEdges, sizes, chooser, setChooser } = useCanvasDoings(box);
  const flow = useReactFlow<CanvasNode>();
  const isFar = useStore(({ transform }) => transform[2] < READABLE_ZOOM);
  useShown(box);
  const keys = useCanvasKeys({ onAsk, chosenEdges, at: () => middleOf(box.current, flow.screenToFlowPosition) });
  const after = useMemo(
    (): CanvasDeeds => ({ addAfter: (exit, anchor) => setChooser({ anchor, after: exit }) }),
    [setChooser],
  );
  return (
    <CanvasDeedsProvider value={after}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its nodes have the focus; keys that mean one of them arrive here. */}
      <div
        ref={box}
        className={`flow-canvas relative min-h-0 min-w-0 flex-1 ${isFar ? "flow-far" : ""}`}
        onKeyDown={keys}
      >
        <ReactFlow
          aria-label={t("bots.editor.canvas")}
          nodes={elements.nodes(draft, selected, sizes)}
          edges={elements.edges(draft, chosenEdges)}
          {...deeds}
          {...WAYS_OF_DRAWING}
          onlyRenderVisibleElements={draft.nodes.length > MANY_NODES}
        >
          <Background gap={16} />
          <Controls showInteractive={false} fitViewOptions={FIT} />
          {draft.nodes.length > FEW_NODES && <MiniMap pannable zoomable aria-label={t("bots.editor.minimap")} />}
        </ReactFlow>
        <KindChooser
          anchor={chooser?.anchor ?? null}
          onChoose={(kind) => chooser && addKind(store, kind, chooser)}
          onClose={() => setChooser(null)}
        />
      </div>
    </CanvasDeedsProvider>
  );
}

const FEW_NODES = 12;
const MANY_NODES = 80;
const FIT = { padding: 0.15, maxZoom: 1 };

/** One object for all times: what is new to the canvas makes it draw every node anew. */
const WAYS_OF_DRAWING = {
  nodeTypes: { card: NodeCard, sticky: StickyCard },
  edgeTypes: { default: WayEdge },
  deleteKeyCode: null,
  disableKeyboardA11y: true,
  selectionOnDrag: true,
  selectionMode: SelectionMode.Partial,
  panOnDrag: [1, 2],
  panOnScroll: true,
  multiSelectionKeyCode: ["Shift", "Control", "Meta"],
  fitView: true,
  fitViewOptions: FIT,
  minZoom: 0.1,
  maxZoom: 2,
  snapToGrid: true,
  snapGrid: [8, 8] as [number, number],
};

/** Below these a text cannot be made out, and cannot be worked with. */
const [READABLE_ZOOM, LEAST_ZOOM] = [0.25, 0.4];
const MARGIN = 24;

function middleOf(box: HTMLElement | null, toFlow: (point: Point) => Point): Point {
  const { left = 0, top = 0, width = 0, height = 0 } = box?.getBoundingClientRect() ?? {};
  const { x, y } = toFlow({ x: left + width / 2, y: top + height / 3 });
  return { x: Math.round(x), y: Math.round(y) };
}

/** Brings into sight what is asked for elsewhere: a problem, something found. */
function useShown(box: { current: HTMLElement | null }) {
  const { store } = useEditor();
  const shown = useEditorState((state) => state.shown);
  const flow = useReactFlow();
  useEffect(() => {
    if (!shown) return;
    const { draft } = store;
    const thing = [...draft.nodes, ...draft.notes].find(({ id }) => id === shown.id);
    const { width = 0, height = 0 } = box.current?.getBoundingClientRect() ?? {};
    if (!thing || width === 0) return;
    const { x, y, zoom } = flow.getViewport();
    if (zoom < LEAST_ZOOM) {
      void flow.setCenter(thing.position.x + 136, thing.position.y + 80, { zoom: 0.75, duration: 200 });
      return;
    }
    // No further than it must: who clicked on a node does not want all to jump.
    const [left, top] = [thing.position.x * zoom + x, thing.position.y * zoom + y];
    const into = (at: number, size: number, room: number) => Math.min(Math.max(at, MARGIN), room - size - MARGIN) - at;
    const [dx, dy] = [into(left, 272 * zoom, width), into(top, 140 * zoom, height)];
    if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: 200 });
  }, [shown, flow, store, box]);
}
