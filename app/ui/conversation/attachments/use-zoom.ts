import { type PointerEvent, useEffect, useRef, useState, type WheelEvent } from "react";
import { WHOLE, within, zoomBy } from "./zoom";

/** How far a finger goes sideways to ask for the next picture, in pixels. */
const SWIPE = 60;
const DOUBLE = 2.5;

type Point = { x: number; y: number };

/**
 * What wheel, fingers and a double press do to a picture; a swipe over one that is not enlarged goes to the next
 * (`onSwipe`, 1 or -1). `turn` changes with the picture.
 */
export function useZoom(turn: number, onSwipe: (step: 1 | -1) => void) {
  const [zoom, setZoom] = useState(WHOLE);
  const fingers = useRef(new Map<number, Point>());
  const begun = useRef<Point | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture begins whole.
  useEffect(() => setZoom(WHOLE), [turn]);

  const boxOf = (event: PointerEvent | WheelEvent | React.MouseEvent) => event.currentTarget.getBoundingClientRect();
  const fromMiddle = (event: React.MouseEvent): Point => {
    const box = boxOf(event);
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    const [box, point] = [boxOf(event), fromMiddle(event)];
    fingers.current.set(event.pointerId, now);
    if (other) {
      begun.current = null;
      const grown = distance(now, other) / Math.max(1, distance(before, other));
      setZoom((old) => zoomBy(old, grown, point, box));
    } else setZoom((old) => within({ ...old, x: old.x + now.x - before.x, y: old.y + now.y - before.y }, box));
  };
  const onPointerUp = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId);
    const { current: start } = begun;
    begun.current = null;
    if (!start || zoom.scale > 1) return;
    const [across, down] = [event.clientX - start.x, event.clientY - start.y];
    if (Math.abs(across) > SWIPE && Math.abs(across) > Math.abs(down)) onSwipe(across < 0 ? 1 : -1);
  };
  const surface = {
    onPointerDown: (event: PointerEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      begun.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove,
    onPointerUp,
    onPointerCancel: (event: PointerEvent) => fingers.current.delete(event.pointerId),
    onWheel: (event: WheelEvent) => {
      const [box, point, factor] = [boxOf(event), fromMiddle(event), Math.exp(-event.deltaY / 300)];
      setZoom((old) => zoomBy(old, factor, point, box));
    },
    onDoubleClick: (event: React.MouseEvent) => {
      const [box, point] = [boxOf(event), fromMiddle(event)];
      setZoom((old) => (old.scale > 1 ? WHOLE : zoomBy(old, DOUBLE, point, box)));
    },
  };
  const by = (factor: number) =>
    setZoom((old) => zoomBy(old, factor, { x: 0, y: 0 }, { width: window.innerWidth, height: window.innerHeight }));
  return { zoom, surface, by };
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
