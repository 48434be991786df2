import { describe, expect, it } from "vitest";
import { fakeCustomer, flowOf } from "../engine/fake-customer";
import { menu, shop, text } from "../engine/fake-shop";
import type { Flow } from "../flow";
import { type Passage, passagesOf } from "./passages-of";

type Doing = (customer: ReturnType<typeof fakeCustomer>) => void;

/** Every stay of a run, put together event by event as the table is. */
function staysOf(flow: Flow, ...doings: Doing[]): Passage[] {
  const stays: Passage[] = [];
  const customer = fakeCustomer(flow);
  for (const act of doings) {
    const before = customer.state;
    act(customer);
    const { left, entered } = passagesOf(before, customer.last.trace);
    if (left) Object.assign(stays.find(({ place }) => place === left.place) ?? {}, left);
    stays.push(...entered);
  }
  return stays;
}

const short = (stays: Passage[]) =>
  stays.map(({ place, node, exit, leftAt }) => `${place} ${node} ${exit ?? "–"}${leftAt ? "" : " …"}`);

describe("the stays of a run", () => {
  it("go from node to node, the one that waits is open", () => {
    const stays = staysOf(shop, (c) => c.begin("hola"));
    expect(short(stays)).toEqual(["1 start next", "2 saludo next", "3 menu – …"]);
  });

  it("close at the next event, with the exit, and the times between", () => {
    const stays = staysOf(
      shop,
      (c) => c.begin("hola"),
      (c) => c.say("horarios"),
      (c) => c.say("ventas"),
    );
    expect(short(stays)).toEqual([
      "1 start next",
      "2 saludo next",
      "3 menu horarios",
      "4 horas next",
      "5 menu ventas",
      "6 ventas – …",
    ]);
    const [first] = stays.filter(({ node }) => node === "menu");
    expect(Date.parse(first?.leftAt ?? "") - Date.parse(first?.enteredAt ?? "")).toBe(10_000);
  });

  it("stay open through answers that fit nothing, and are left by a command without an exit", () => {
    const stays = staysOf(
      shop,
      (c) => c.begin("hola"),
      (c) => c.say("qué?"),
      (c) => c.say("menú"),
    );
    expect(short(stays).slice(2)).toEqual(["3 menu –", "4 start next", "5 saludo next", "6 menu – …"]);
  });

  it("tell silence by its exit", () => {
    const stays = staysOf(
      shop,
      (c) => c.begin("hola"),
      (c) => c.wait(25 * 3600),
    );
    expect(short(stays).at(-1)).toBe("3 menu no_answer");
  });

  it("are marked where a loop is cut", () => {
    const round = flowOf({ a: text("otra"), b: text("vez") }, ["a.next>b", "b.next>a"]);
    const stays = staysOf(round, (c) => c.begin("hola"));
    expect(stays.filter(({ failed }) => failed)).toHaveLength(1);
    expect(stays.at(-1)?.failed).toBe(true);
    expect(stays.map(({ place }) => place)).toEqual(stays.map((_, i) => i + 1));
  });

  it("are none of an event that was ignored", () => {
    const flow = flowOf({ menu: menu() });
    const customer = fakeCustomer(flow).begin("hola");
    const again = fakeCustomer(flow);
    expect(passagesOf(customer.state, [])).toEqual({ left: null, entered: [] });
    expect(passagesOf(again.state, [])).toEqual({ left: null, entered: [] });
  });
});
