import pg from "pg";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { sendMessage } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { makeAccount, makeWorld, type World, withProduct } from "../../../../tests/support/world";
import {
  addToGroup,
  createGroup,
  getChat,
  listPeople,
  removeFromGroup,
  renameGroup,
  setGroupRole,
} from "../index.server";

withProduct();
afterEach(() => vi.restoreAllMocks());

let world: World;
let large = "";
let small = "";
let eva: AccountActor;
const many = Array.from({ length: 999 }, (_, n) => ({
  id: newId(),
  name: `Gente ${n}${n % 100 === 7 ? " Núñez" : ""}`,
  email: `${newId()}@example.test`,
}));

beforeAll(async () => {
  world = await makeWorld();
  eva = await makeAccount("Eva");
  const { orgId } = world;
  await asSystem("test", async (tx) => {
    await tx.insert(schema.account).values(many);
    await tx
      .insert(schema.member)
      .values(many.map(({ id }) => ({ id: newId(), orgId, accountId: id, role: "agent" as const })));
  });
  const make = (accountIds: string[]) => createGroup(world.admin, { title: "Todos", orgId, accountIds });
  large = await make(many.map(({ id }) => id));
  small = await make([world.agent.accountId]);
});

const says = (conversationId: string) =>
  sendMessage(world.admin, { conversationId, clientId: newId(), text: "buen día", visibility: "public" });

/** How many statements some work sends to the database. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, "query");
  await work();
  const n = query.mock.calls.length;
  query.mockRestore();
  return n;
}

it("a message in a group of a thousand costs what it costs among two, and tells one topic", async () => {
  for (const id of [small, large]) await says(id);
  const among = async (id: string) => {
    let frames = 0;
    const stop = listen((events) => {
      frames += events.flatMap(({ definition, data }) => definition.deliver(data)).length;
    });
    const asked = await statements(() => says(id));
    stop();
    return { asked, frames };
  };
  const [two, thousand] = [await among(small), await among(large)];
  expect(thousand.asked).toBe(two.asked);
  expect(thousand.asked).toBeLessThan(25);
  expect(thousand.frames).toBeLessThanOrEqual(two.frames);
});

it("opening it brings its first hundred and how many there are, by as many questions as a small one", async () => {
  expect(await statements(() => getChat(world.admin, large))).toBe(await statements(() => getChat(world.admin, small)));
  const chat = await getChat(world.admin, large);
  expect([chat.people.length, chat.peopleCount]).toEqual([100, 1_000]);
});

it("its people come by pages, each once, the owner and admins first, or by a part of their name", async () => {
  const last = many[998]?.id ?? "";
  await setGroupRole(world.admin, large, last, "admin");
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listPeople(world.admin, large, { cursor: cursor ?? undefined, limit: 70 });
    seen.push(...page.people.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen.slice(0, 2)).toEqual([world.admin.accountId, last]);
  expect(new Set(seen)).toEqual(new Set([world.admin.accountId, ...many.map(({ id }) => id)]));
  expect(seen).toHaveLength(1_000);
  expect((await listPeople(world.admin, large, { q: "nunez" })).people).toHaveLength(10);
  expect((await listPeople(world.admin, large, { q: "%" })).people).toEqual([]);
  expect((await listPeople(world.admin, large, { q: "nu\u0000nez" })).people).toHaveLength(10);
  for (const wrong of ["x", "0_1_x", "9_1_01a20579-2204-7423-b6bc-bbdceae7d8f3", "'"])
    await expect(listPeople(world.admin, large, { cursor: wrong })).rejects.toMatchObject({ code: "cursor_invalid" });
});

it("shows its people to nobody who does not take part", async () => {
  for (const stranger of [eva, world.agent, { ...world.admin, memberships: [] }])
    await expect(listPeople(stranger, large)).rejects.toMatchObject({ status: 404 });
  await expect(listPeople(world.admin, "x")).rejects.toMatchObject({ status: 404 });
});

it("takes a change, and names a few of many in one line", async () => {
  await renameGroup(world.admin, large, "Todos juntos");
  await removeFromGroup(world.admin, large, many[0]?.id ?? "");
  await addToGroup(
    world.admin,
    small,
    many.slice(0, 50).map(({ id }) => id),
  );
  const last = (await getChat(world.admin, small)).last;
  expect(last?.notice?.about).toHaveLength(11);
  expect(last?.notice?.about.at(-1)).toBe("+40");
});
