import { flowOf } from "./fake-customer";

/** For tests: nodes as `flowOf` takes them, and a shop made of them. */
export const text = (...texts: string[]) => ({ kind: "text", settings: { texts } });
export const menu = (settings: object = {}) => ({
  kind: "choice",
  settings: {
    body: "¿En qué te ayudamos?",
    items: [
      { id: "ventas", label: "Ventas", synonyms: ["comprar"] },
      { id: "soporte", label: "Soporte técnico" },
      { id: "horarios", label: "Horarios" },
    ],
    ...settings,
  },
});
const handoff = (settings: object = {}) => ({ kind: "handoff", settings });

export const shop = flowOf(
  {
    saludo: text("¡Hola, {{contact.name|vecino}}!"),
    menu: menu({ saveTo: "tema" }),
    ventas: handoff({
      area: "Ventas",
      message: "Te paso con Ventas, {{contact.name}}.",
      note: "Eligió {{flow.tema}}",
      priority: "high",
    }),
    horas: text("De 9 a 18"),
    fin: { kind: "close", settings: { message: "¡Chau!", reason: "Resuelto", tags: ["bot"], askRating: true } },
  },
  ["saludo.next>menu", "menu.ventas>ventas", "menu.horarios>horas", "horas.next>menu", "menu.soporte>fin"],
  {
    commands: [
      { words: ["menú"], action: { kind: "restart" } },
      { words: ["salir"], action: { kind: "close", message: "Nos vemos" } },
    ],
  },
);
