/** By urgency: what a customer or an agent waits for comes before what nobody watches. */
export const LANES = ["inbound", "outbound", "push", "webhook", "report"] as const;
export type Lane = (typeof LANES)[number];

const STEP = 10;

/** The number by which the queue orders jobs: 10 for inbound to 50 for report, lower first. */
export const priorityOf = (lane: Lane): number => (LANES.indexOf(lane) + 1) * STEP;

/** The lane of a stored priority; what lies outside of the known ones counts as the least urgent. */
export const laneOf = (priority: number): Lane => LANES[Math.round(priority / STEP) - 1] ?? "report";

export type Crew = { readonly lanes: readonly Lane[]; readonly slots: number };

/**
 * Divides a process's slots so that no flood in one lane keeps a more urgent one waiting: an eighth (at least one) takes
 * inbound only, a quarter (at least one) inbound and outbound, the rest every lane. With one slot only the order of
 * priorities is left, with two there is no slot for inbound alone.
 */
export function divideSlots(concurrency: number): Crew[] {
  const inbound = concurrency < 3 ? 0 : Math.max(1, Math.floor(concurrency / 8));
  const messages = concurrency < 2 ? 0 : Math.max(1, Math.floor(concurrency / 4));
  const crews: Crew[] = [
    { lanes: ["inbound"], slots: inbound },
    { lanes: ["inbound", "outbound"], slots: messages },
    { lanes: LANES, slots: Math.max(1, concurrency - inbound - messages) },
  ];
  return crews.filter((crew) => crew.slots > 0);
}
