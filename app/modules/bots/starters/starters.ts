import type { Flow } from "../flow";
import { buildFlow } from "./build-flow";
import { starterTexts } from "./starter-texts";
import { welcomeFlow } from "./welcome";

const say = (...texts: string[]) => ({ kind: "text", settings: { texts } });
const people = (message: string | null, note: string | null = null) => ({
  kind: "handoff",
  settings: { message, note },
});
const choose = (body: string, items: { [id: string]: string }, more: object = {}) => ({
  kind: "choice",
  settings: { body, items: Object.entries(items).map(([id, label]) => ({ id, label })), ...more },
});
const ask = (question: string, settings: object) => ({ kind: "ask", settings: { question, ...settings } });
const close = (message: string | null = null) => ({ kind: "close", settings: { message } });

/** Open: to people. Closed: the hours, and a message for when they are back. */
function hoursFlow(language: string): Flow {
  const { hours: t, yes, no, goodbye, person } = starterTexts(language);
  return buildFlow(
    language,
    t.name,
    {
      hours: { kind: "hours", at: [1, 0] },
      open: { ...people(t.open), at: [2, -1] },
      closed: { ...say(t.closed), at: [2, 1] },
      leave: { ...choose(t.leave, { yes, no }), at: [3, 1] },
      message: { ...ask(t.message, { saveTo: "message" }), at: [4, 0] },
      kept: { ...people(t.kept, t.note), at: [5, 0] },
      person: { ...people(person), at: [4, 1] },
      goodbye: { ...close(goodbye), at: [4, 2] },
      silence: { ...close(), at: [4, 3] },
    },
    [
      ...["hours.open>open", "hours.closed>closed", "closed.next>leave", "leave.yes>message", "leave.no>goodbye"],
      ...["leave.else>person", "leave.no_answer>silence", "message.answered>kept", "message.else>person"],
      "message.no_answer>silence",
    ],
  );
}

/** Answers from the organisation's own questions, and passes on what it does not know. */
function faqFlow(language: string): Flow {
  const { faq: t, yes, no, more, goodbye, person } = starterTexts(language);
  return buildFlow(
    language,
    t.name,
    {
      greeting: { ...say(t.greeting), at: [1, 0] },
      faq: { kind: "faq", settings: { question: t.question }, at: [2, 0] },
      more: { ...choose(more, { yes, no }), at: [3, 0] },
      unknown: { ...people(t.unknown), at: [3, 1] },
      person: { ...people(person), at: [4, 1] },
      goodbye: { ...close(goodbye), at: [4, 0] },
      silence: { ...close(), at: [4, 2] },
    },
    [
      ...["greeting.next>faq", "faq.answered>more", "faq.unknown>unknown", "faq.no_answer>silence", "more.yes>faq"],
      ...["more.no>goodbye", "more.else>person", "more.no_answer>silence"],
    ],
  );
}

/** Asks the shop's own server for an order; its address is an example that the author replaces. */
function orderFlow(language: string): Flow {
  const { order: t, yes, no, more, goodbye, person } = starterTexts(language);
  const request = {
    url: "https://tienda.example.com/pedidos",
    query: [{ name: "numero", value: "{{flow.order}}" }],
    saves: [{ path: "status", to: "status" }],
    saveErrorTo: "failure",
  };
  const number = { type: "pattern", pattern: "#?[A-Z0-9-]{3,20}", saveTo: "order", retry: [t.retry] };
  return buildFlow(
    language,
    t.name,
    {
      number: { ...ask(t.question, number), at: [1, 0] },
      look: { kind: "http", settings: request, at: [2, 0] },
      status: { ...say(t.status), at: [3, 0] },
      more: { ...choose(more, { yes, no }), at: [4, 0] },
      lost: { ...people(t.error, t.note), at: [3, 1] },
      person: { ...people(person), at: [4, 1] },
      goodbye: { ...close(goodbye), at: [5, 0] },
      silence: { ...close(), at: [5, 1] },
    },
    [
      ...[
        "number.answered>look",
        "number.else>person",
        "number.no_answer>silence",
        "look.ok>status",
        "look.error>lost",
      ],
      ...["status.next>more", "more.yes>number", "more.no>goodbye", "more.else>person", "more.no_answer>silence"],
    ],
  );
}

/** Collects what is needed for an appointment; a person confirms it. */
function appointmentFlow(language: string): Flow {
  const { appointment: t, person } = starterTexts(language);
  const tag = { contact: [{ field: "name", value: "{{flow.name}}" }], tagsAdd: [t.tag] };
  const questions = ["who", "day", "part", "phone"];
  return buildFlow(
    language,
    t.name,
    {
      greeting: { ...say(t.greeting), at: [1, 0] },
      who: { ...ask(t.who, { saveTo: "name" }), at: [2, 0] },
      day: { ...ask(t.day, { type: "date", saveTo: "day" }), at: [3, 0] },
      part: { ...choose(t.part, { morning: t.morning, afternoon: t.afternoon }, { saveTo: "part" }), at: [4, 0] },
      phone: { ...ask(t.phone, { type: "phone", saveTo: "phone" }), at: [5, 0] },
      tag: { kind: "update", settings: tag, at: [6, 0] },
      done: { ...people(t.done, t.note), at: [7, 0] },
      person: { ...people(person), at: [5, 2] },
      silence: { ...close(), at: [5, 3] },
    },
    [
      ...["greeting.next>who", "who.answered>day", "day.answered>part", "part.morning>phone", "part.afternoon>phone"],
      ...["phone.answered>tag", "tag.next>done"],
      ...questions.flatMap((id) => [`${id}.else>person`, `${id}.no_answer>silence`]),
    ],
  );
}

/** Asks how it was; whoever is not content gets to a person. */
function ratingFlow(language: string): Flow {
  const { rating: t } = starterTexts(language);
  const low = { rules: [{ variable: "flow.stars", operator: "less", value: "3" }] };
  return buildFlow(
    language,
    t.name,
    {
      stars: { ...ask(t.question, { type: "rating", saveTo: "stars" }), at: [1, 0] },
      low: { kind: "condition", settings: { branches: [{ id: "low", condition: low }] }, at: [2, 0] },
      why: { ...ask(t.why, { saveTo: "why" }), at: [3, 1] },
      sorry: { ...people(t.sorry, t.note), at: [4, 1] },
      thanks: { ...close(t.thanks), at: [3, 0] },
      silence: { ...close(), at: [3, 2] },
    },
    [
      ...["stars.answered>low", "stars.else>silence", "stars.no_answer>silence", "low.low>why", "low.else>thanks"],
      ...["why.answered>sorry", "why.else>sorry", "why.no_answer>sorry"],
    ],
  );
}

/** What a new flow can begin with, made for a language. */
export const STARTERS = {
  welcome: (language: string) => welcomeFlow(language),
  hours: hoursFlow,
  faq: faqFlow,
  order: orderFlow,
  appointment: appointmentFlow,
  rating: ratingFlow,
} satisfies Record<string, (language: string) => Flow>;
