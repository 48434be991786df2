import { type Flow, parseFlow } from "~/modules/bots";

/** A flow of so many nodes, in one chain of texts and questions: as long as one person's work gets. */
export function chainOf(count: number): Flow {
  const last = count - 1;
  const nodes = Array.from({ length: count }, (_, n) => {
    const at = { id: `n${n}`, position: { x: (n % 20) * 340, y: Math.floor(n / 20) * 280 } };
    if (n === 0) return { ...at, kind: "start", settings: {} };
    if (n === last) return { ...at, kind: "handoff", settings: { message: "Ya te atienden." } };
    if (n % 3 !== 0) return { ...at, kind: "text", settings: { texts: [`Paso ${n}: te contamos cómo sigue.`] } };
    const items = [
      { id: "a", label: "Seguir" },
      { id: "b", label: "Volver" },
    ];
    return { ...at, kind: "choice", settings: { body: `¿Qué hacemos en el paso ${n}?`, items } };
  });
  const edges = nodes.slice(0, -1).flatMap(({ id, kind }, n) => {
    if (kind !== "choice") return [{ from: id, exit: "next", to: `n${n + 1}` }];
    return [
      { from: id, exit: "a", to: `n${n + 1}` },
      { from: id, exit: "b", to: `n${n - 1}` },
    ];
  });
  const read = parseFlow({ schema: 1, name: `Cadena de ${count}`, start: "n0", nodes, edges });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.flow;
}
