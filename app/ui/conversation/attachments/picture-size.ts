/** In pixels: of one picture in a bubble. */
const LONGEST = { width: 320, height: 340 };
const SHORTEST = 120;

type Size = { width?: number | null; height?: number | null };

/**
 * The box in which one picture stands: its own shape as far as it fits, so that nothing moves when it has loaded. A very
 * long one is cut; one of unknown size gets a usual shape.
 */
export function pictureBox({ width, height }: Size): { width: number; height: number } {
  if (!width || !height) return { width: 280, height: 210 };
  const scale = Math.min(1, LONGEST.width / width, LONGEST.height / height);
  const side = (length: number, most: number) => Math.round(Math.min(most, Math.max(SHORTEST, length * scale)));
  return { width: side(width, LONGEST.width), height: side(height, LONGEST.height) };
}

/** So many are seen in a bubble; the last one says how many more there are. */
const MOST_CELLS = 4;

/** What a grid shows of so many pictures, and how many it hides. */
export function cellsOf<T>(pictures: readonly T[]): { shown: readonly T[]; more: number } {
  const shown = pictures.slice(0, MOST_CELLS);
  return { shown, more: pictures.length - shown.length };
}
