/** Whether tickets that overflow from area to area would come back to where they were. */
export function overflowLoops(
  areaId: string,
  to: string,
  areas: readonly { id: string; overflowAreaId: string | null }[],
): boolean {
  const next = new Map(areas.map((area) => [area.id, area.overflowAreaId]));
  const seen = new Set([areaId]);
  for (let at: string | null | undefined = to; at; at = next.get(at)) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}
