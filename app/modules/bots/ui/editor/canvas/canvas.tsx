import "@xyflow/react/dist/base.css";
import "./canvas.css";
import {
  Background,
  type Connection,
  Controls,
  MiniMap,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import type { NodeKind } from "../../../nodes/kinds";
import type { Size } from "../model/arrange";
import { connect, disconnect, move, type Point } from "../model/edits";
import { ADDABLE, addKind } from "../state/actions";
import { useDraft, useEditor, useEditorState } from "../state/editor-context";
import { CanvasDeedsProvider } from "./canvas-deeds";
import { type CanvasNode, exitOfEdge, flowElements } from "./flow-elements";
import { KindChooser } from "./kind-chooser";
import { NodeCard } from "./node-card";
import { KIND_TYPE } from "./palette";
import { StickyCard } from "./sticky-card";
import { useCanvasKeys } from "./use-canvas-keys";

const nodeTypes = { card: NodeCard, sticky: StickyCard };
const FIT = { padding: 0.15, maxZoom: 1 };

/** Where the next node goes, and behind which exit. */
type Chooser = { anchor: Element; at?: Point; after?: { from: string; exit: string } };

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
  const [chosenEdges, setChosenEdges] = useState<ReadonlySet<string>>(new Set());
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const [chooser, setChooser] = useState<Chooser | null>(null);
  const [elements] = useState(flowElements);
  const box = useRef<HTMLDivElement>(null);
  const dragged = useRef(0);
  const flow = useReactFlow<CanvasNode>();
  useShown(box);
  const keys = useCanvasKeys({ onAsk, chosenEdges, at: () => middleOf(box.current, flow.screenToFlowPosition) });
  const deeds = useMemo(
    () => ({ addAfter: (after: Chooser["after"], anchor: Element) => setChooser({ anchor, after }) }),
    [],
  );

  const changed = (changes: NodeChange<CanvasNode>[]) => {
    const places = new Map<string, Point>();
    const measured = new Map(sizes);
    const now = new Set(store.get().selected);
    for (const change of changes) {
      if (change.type === "position" && change.position) places.set(change.id, change.position);
      else if (change.type === "dimensions" && change.dimensions) measured.set(change.id, change.dimensions);
      else if (change.type === "select") now[change.selected ? "add" : "delete"](change.id);
    }
    if (places.size > 0) store.edit(move(places), `drag ${dragged.current}`);
    if (changes.some(({ type }) => type === "dimensions")) setSizes(measured);
    if (changes.some(({ type }) => type === "select")) store.select(now);
  };
  const dropped = (event: DragEvent) => {
    const kind = ADDABLE.find((one) => one === event.dataTransfer.getData(KIND_TYPE));
    if (!kind) return;
    event.preventDefault();
    addKind(store, kind, { at: flow.screenToFlowPosition({ x: event.clientX - 120, y: event.clientY - 24 }) });
  };
  const choose = (kind: NodeKind) => chooser && addKind(store, kind, chooser);

  return (
    <CanvasDeedsProvider value={deeds}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its nodes have the focus; keys that mean one of them arrive here. */}
      <div ref={box} className="flow-canvas relative min-h-0 min-w-0 flex-1" onKeyDown={keys}>
        <ReactFlow
          aria-label={t("bots.editor.canvas")}
          nodes={elements.nodes(draft, selected, sizes)}
          edges={elements.edges(draft, chosenEdges)}
          nodeTypes={nodeTypes}
          onNodesChange={changed}
          onEdgesChange={(changes) => {
            const now = new Set(chosenEdges);
            for (const one of changes) if (one.type === "select") now[one.selected ? "add" : "delete"](one.id);
            setChosenEdges(now);
          }}
          onNodeDragStart={() => void dragged.current++}
          onNodeClick={(event, node) => {
            const adds = event.shiftKey || event.ctrlKey || event.metaKey;
            if (node.type === "card" && !adds) store.openNode(node.id);
          }}
          onPaneClick={() => store.open(null)}
          onConnect={(way) => store.edit(connect(edgeOf(way)))}
          isValidConnection={({ target }) => target !== draft.start}
          onConnectEnd={(event, { isValid, fromNode, fromHandle }) => {
            if (isValid || fromHandle?.type !== "source" || !fromNode) return;
            const { x, y } = placeOf(event);
            // Dropped on another node, its handle missed: it is clear what was meant.
            const onto = document.elementFromPoint(x, y)?.closest<HTMLElement>(".react-flow__node")?.dataset.id;
            const after = { from: fromNode.id, exit: fromHandle.id ?? "" };
            if (onto) store.edit(connect({ ...after, to: onto }));
            else
              setChooser({ anchor: markAt(box.current, x, y), at: flow.screenToFlowPosition({ x, y: y - 27 }), after });
          }}
          onReconnect={(old, way) => {
            const edge = edgeOf(way);
            store.edit((one) => connect(edge)(disconnect([exitOfEdge(old.id)])(one)));
          }}
          onDragOver={(event) => {
            if (event.dataTransfer.types.includes(KIND_TYPE)) event.preventDefault();
          }}
          onDrop={dropped}
          deleteKeyCode={null}
          disableKeyboardA11y
          selectionOnDrag
          selectionMode={SelectionMode.Partial}
          panOnDrag={[1, 2]}
          panOnScroll
          multiSelectionKeyCode={["Shift", "Control", "Meta"]}
          onlyRenderVisibleElements={draft.nodes.length > 80}
          fitView
          fitViewOptions={FIT}
          minZoom={0.1}
          maxZoom={2}
          snapToGrid
          snapGrid={GRID}
        >
          <Background gap={16} />
          <Controls showInteractive={false} fitViewOptions={FIT} />
          {draft.nodes.length > 12 && <MiniMap pannable zoomable aria-label={t("bots.editor.minimap")} />}
        </ReactFlow>
        <KindChooser anchor={chooser?.anchor ?? null} onChoose={choose} onClose={() => setChooser(null)} />
      </div>
    </CanvasDeedsProvider>
  );
}

/** Below it a text cannot be read. */
const LEAST_ZOOM = 0.4;
const MARGIN = 24;
const GRID: [number, number] = [8, 8];

const edgeOf = ({ source, sourceHandle, target }: Connection) => ({
  from: source,
  exit: sourceHandle ?? "",
  to: target,
});

function placeOf(event: MouseEvent | TouchEvent): Point {
  const { clientX: x, clientY: y } =
    "changedTouches" in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
  return { x, y };
}

/** Something at a point to which a chooser can be tied. */
function markAt(box: HTMLElement | null, x: number, y: number): Element {
  const mark = box?.querySelector<HTMLElement>(".drop-mark") ?? document.createElement("span");
  mark.className = "drop-mark";
  const { left = 0, top = 0 } = box?.getBoundingClientRect() ?? {};
  mark.style.cssText = `position:absolute;left:${x - left}px;top:${y - top}px;width:1px;height:1px;pointer-events:none`;
  box?.append(mark);
  return mark;
}

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
