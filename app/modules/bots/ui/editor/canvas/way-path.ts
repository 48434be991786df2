type Point = { x: number; y: number };

const BEND = 16;
/** A way that begins this little before where it leads is drawn as one that leads back. */
const LEAST = 8;

/** Whether a way from an exit, which looks right, to a step, which is entered from the left, has to turn round. */
export const leadsBack = (from: Point, to: Point): boolean => to.x < from.x + LEAST;

/** SVG path of such a way: out of the exit, below its own step, and up or down to where it leads. */
export function backPath(from: Point, to: Point, bottom: number): string {
  const lane = Math.max(bottom, to.y + BEND) + BEND;
  return [
    `M ${from.x} ${from.y} h ${BEND} q ${BEND} 0 ${BEND} ${BEND}`,
    `V ${lane - BEND} q 0 ${BEND} ${-BEND} ${BEND}`,
    `H ${to.x - BEND} q ${-BEND} 0 ${-BEND} ${-BEND}`,
    `V ${to.y + BEND} q 0 ${-BEND} ${BEND} ${-BEND}`,
    `H ${to.x}`,
  ].join(" ");
}
