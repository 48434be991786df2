/** How a picture lies in its window: its enlargement, and by how many pixels its middle is moved. */
export type Zoom = { scale: number; x: number; y: number };

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };
const MOST = 6;

type Point = { x: number; y: number };
type Box = { width: number; height: number };

/** No edge of an enlarged picture leaves the window's edge it hides. */
export function within({ scale, x, y }: Zoom, { width, height }: Box): Zoom {
  const keep = (moved: number, length: number) => {
    const most = ((scale - 1) * length) / 2;
    return Math.min(most, Math.max(-most, moved));
  };
  return { scale, x: keep(x, width), y: keep(y, height) };
}

/** Enlarged or made smaller by a factor, so that what is under `point` (from the middle) stays there. */
export function zoomBy(zoom: Zoom, factor: number, point: Point, box: Box): Zoom {
  const scale = Math.min(MOST, Math.max(1, zoom.scale * factor));
  const grown = scale / zoom.scale;
  const [x, y] = [point.x - (point.x - zoom.x) * grown, point.y - (point.y - zoom.y) * grown];
  return within({ scale, x, y }, box);
}
