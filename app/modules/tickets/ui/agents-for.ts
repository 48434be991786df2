/** Somebody whom a ticket can be given to. */
export type PickedAgent = {
  id: string;
  name: string;
  role: "agent" | "admin";
  availability: "available" | "away";
  areaIds: readonly string[];
  /** How many open tickets they have. */
  open: number;
};

/** A text without case and accents, as searches compare it. */
export const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Who is found by name or area, without case and accents: those who are there first, then the less busy. */
export function agentsFor(
  agents: readonly PickedAgent[],
  areas: readonly { id: string; name: string }[],
  { q, areaId }: { q: string; areaId: string },
): readonly PickedAgent[] {
  const wanted = plain(q.trim());
  const named = new Set(areas.filter(({ name }) => plain(name).includes(wanted)).map(({ id }) => id));
  return agents
    .filter((one) => !areaId || one.role === "admin" || one.areaIds.includes(areaId))
    .filter((one) => plain(one.name).includes(wanted) || one.areaIds.some((id) => named.has(id)))
    .toSorted(
      (a, b) =>
        Number(a.availability === "away") - Number(b.availability === "away") ||
        a.open - b.open ||
        a.name.localeCompare(b.name),
    );
}
