import { CHANNEL_LIMITS, type ChannelKind } from "~/modules/channels";
import type { Answer } from "../answers/match-answer";
import { type Flow, type FlowInput, flowSchema } from "../flow";
import type { BotContent, Effect, RunEvent, RunState, StepEnv, StepResult } from "./run";
import { newRun } from "./run";
import { step } from "./step";

const START = Date.parse("2026-03-02T12:00:00.000Z");

/** For tests: somebody who writes to a flow, with a clock and timers of their own. */
type FakeCustomer = {
  state: RunState;
  /** What the last event brought about. */
  last: StepResult;
  /** Everything since the start. */
  effects: Effect[];
  begin(text?: string): FakeCustomer;
  say(text: string): FakeCustomer;
  send(answer: Partial<Answer>): FakeCustomer;
  /** Lets time pass; timers that fall due go off at their moment. */
  wait(seconds: number): FakeCustomer;
  take(event: RunEvent): FakeCustomer;
  /** What the bot said at the last event: texts, and of choices their body. */
  heard(): string[];
  env(): StepEnv;
};

function wordsOf(content: BotContent): string {
  if (content.kind === "media") return content.caption ?? `[${content.media}]`;
  if (content.kind === "card") return content.title;
  return content.kind === "text" ? content.text : content.body;
}

type FakeSituation = {
  channel?: ChannelKind;
  variables?: StepEnv["variables"];
  random?: number;
  secondsApart?: number;
} & Pick<StepEnv, "desk" | "timeZone" | "region">;

export function fakeCustomer(flow: Flow, situation: FakeSituation = {}): FakeCustomer {
  const { channel = "web", variables = {}, random = 0.5, secondsApart = 10, ...place } = situation;
  let now = START;
  let events = 0;
  const timers = new Map<string, number>();
  const env = (): StepEnv => ({
    now: new Date(now).toISOString(),
    random,
    channel,
    limits: CHANNEL_LIMITS[channel],
    ...place,
    variables: { org: { name: "Panadería Ñandú" }, contact: { name: "Íñigo" }, ...variables },
  });
  const answer = (given: Partial<Answer>): Answer => ({ kind: "text", text: null, payload: null, ...given });
  const customer: FakeCustomer = {
    state: newRun(),
    last: { state: newRun(), effects: [], trace: [] },
    effects: [],
    begin: (text) =>
      customer.take({ type: "start", id: "start", message: text === undefined ? null : answer({ text }) }),
    say: (text) => customer.send({ text }),
    send(given) {
      now += secondsApart * 1000;
      return customer.take({ type: "message", id: `m${++events}`, message: answer(given) });
    },
    wait(seconds) {
      const until = now + seconds * 1000;
      for (;;) {
        const due = [...timers].filter(([, at]) => at <= until).sort((a, b) => a[1] - b[1])[0];
        if (!due) break;
        timers.delete(due[0]);
        now = due[1];
        customer.take({ type: "timer", id: `t:${due[0]}`, timer: due[0] });
      }
      now = until;
      return customer;
    },
    take(event) {
      customer.last = step(flow, customer.state, event, env());
      customer.state = customer.last.state;
      customer.effects.push(...customer.last.effects);
      for (const effect of customer.last.effects) {
        if (effect.type === "set_timer") timers.set(effect.timer, Date.parse(effect.at));
        if (effect.type === "cancel_timer") timers.delete(effect.timer);
      }
      return customer;
    },
    heard: () => customer.last.effects.flatMap((effect) => (effect.type === "send" ? [wordsOf(effect.content)] : [])),
    env,
  };
  return customer;
}

type NodeInputs = { [id: string]: { kind: string; settings?: object } };

/**
 * For tests: a flow of `start` and these nodes, edges written "from.exit>to". The start leads to the first node.
 * @throws ZodError when it is no flow
 */
export function flowOf(nodes: NodeInputs, edges: string[] = [], rest: Partial<FlowInput> = {}): Flow {
  const position = { x: 0, y: 0 };
  const first = Object.keys(nodes)[0];
  return flowSchema.parse({
    schema: 1,
    name: "Prueba",
    start: "start",
    nodes: [
      { id: "start", kind: "start", position, settings: {} },
      ...Object.entries(nodes).map(([id, { kind, settings = {} }]) => ({ id, kind, position, settings })),
    ],
    edges: [`start.next>${first}`, ...edges].map((edge) => {
      const [from = "", exit = "", to = ""] = edge.split(/[.>]/);
      return { from, exit, to };
    }),
    ...rest,
  });
}
