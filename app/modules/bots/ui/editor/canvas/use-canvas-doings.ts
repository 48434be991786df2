import {
  type Connection,
  type Edge,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  type ReactFlowInstance,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, type MouseEvent as ReactMouseEvent, type RefObject, useMemo, useState } from "react";
import type { Size } from "../model/arrange";
import { connect, disconnect, move, type Point } from "../model/edits";
import { ADDABLE, addKind } from "../state/actions";
import { useEditor } from "../state/editor-context";
import type { EditorStore } from "../state/editor-store";
import { type CanvasNode, exitOfEdge } from "./flow-elements";
import { KIND_TYPE } from "./palette";

/** Where the next node goes, and behind which exit. */
type Chooser = { anchor: Element; at?: Point; after?: { from: string; exit: string } };
type Setter<Value> = (change: Value | ((old: Value) => Value)) => void;

type Inner = {
  store: EditorStore;
  flow: ReactFlowInstance<CanvasNode>;
  box: RefObject<HTMLDivElement>;
  setSizes: Setter<ReadonlyMap<string, Size>>;
  setChosenEdges: Setter<ReadonlySet<string>>;
  setChooser: Setter<Chooser | null>;
};

/**
 * What the canvas is told of the pointer's doings, and what it remembers for itself. The listeners are made once: new ones
 * would make it draw every node anew.
 */
export function useCanvasDoings(box: RefObject<HTMLDivElement>) {
  const { store } = useEditor();
  const flow = useReactFlow<CanvasNode>();
  const [chosenEdges, setChosenEdges] = useState<ReadonlySet<string>>(new Set());
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const [chooser, setChooser] = useState<Chooser | null>(null);
  const deeds = useMemo(() => {
    const inner: Inner = { store, flow, box, setSizes, setChosenEdges, setChooser };
    return { ...nodeDeeds(inner), ...edgeDeeds(inner), ...dropDeeds(inner) };
  }, [store, flow, box]);
  return { deeds, chosenEdges, sizes, chooser, setChooser };
}

function nodeDeeds({ store, setSizes }: Inner) {
  let drags = 0;
  return {
    onNodesChange: (changes: NodeChange<CanvasNode>[]) => {
      const places = new Map<string, Point>();
      const measured: [string, Size][] = [];
      const selected = new Set(store.get().selected);
      for (const change of changes) {
        if (change.type === "position" && change.position) places.set(change.id, change.position);
        else if (change.type === "dimensions" && change.dimensions) measured.push([change.id, change.dimensions]);
        else if (change.type === "select") selected[change.selected ? "add" : "delete"](change.id);
      }
      if (places.size > 0) store.edit(move(places), `drag ${drags}`);
      if (measured.length > 0) setSizes((old) => new Map([...old, ...measured]));
      if (changes.some(({ type }) => type === "select")) store.select(selected);
    },
    onNodeDragStart: () => {
      drags++;
    },
    onNodeClick: (event: ReactMouseEvent, node: CanvasNode) => {
      const adds = event.shiftKey || event.ctrlKey || event.metaKey;
      if (node.type === "card" && !adds) store.openNode(node.id);
    },
    onPaneClick: () => store.open(null),
  };
}

function edgeDeeds({ store, flow, box, setChosenEdges, setChooser }: Inner) {
  return {
    onEdgesChange: (changes: EdgeChange[]) =>
      setChosenEdges((old) => {
        const now = new Set(old);
        for (const one of changes) if (one.type === "select") now[one.selected ? "add" : "delete"](one.id);
        return now;
      }),
    onConnect: (way: Connection) => store.edit(connect(edgeOf(way))),
    isValidConnection: ({ target }: Connection | Edge) => target !== store.draft.start,
    onConnectEnd: (event: MouseEvent | TouchEvent, { isValid, fromNode, fromHandle }: FinalConnectionState) => {
      if (isValid || fromHandle?.type !== "source" || !fromNode) return;
      const { x, y } = placeOf(event);
      // Dropped on another node, its handle missed: it is clear what was meant.
      const onto = document.elementFromPoint(x, y)?.closest<HTMLElement>(".react-flow__node")?.dataset.id;
      const after = { from: fromNode.id, exit: fromHandle.id ?? "" };
      if (onto) store.edit(connect({ ...after, to: onto }));
      else setChooser({ anchor: markAt(box.current, x, y), at: flow.screenToFlowPosition({ x, y: y - 27 }), after });
    },
    onReconnect: (old: Edge, way: Connection) =>
      store.edit((draft) => connect(edgeOf(way))(disconnect([exitOfEdge(old.id)])(draft))),
  };
}

/** Kinds of nodes come out of the palette. */
function dropDeeds({ store, flow }: Inner) {
  return {
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes(KIND_TYPE)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      const kind = ADDABLE.find((one) => one === event.dataTransfer.getData(KIND_TYPE));
      if (!kind) return;
      event.preventDefault();
      addKind(store, kind, { at: flow.screenToFlowPosition({ x: event.clientX - 120, y: event.clientY - 24 }) });
    },
  };
}

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
