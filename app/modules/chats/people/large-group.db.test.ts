import pg from "pg";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { conversationName, topics } from "~/modules/messaging";
import { changeText, joinTopic, markRead, pin, react, sendMessage, takeBack } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { withFrames } from "../../../../tests/support/hub/frames";
import { makeAccount, makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { heardLine } from "../index";
import {
  addToGroup,
  createGroup,
  createGroupInvite,
  getChat,
  joinByInvite,
  listChats,
  listPeople,
  removeFromGroup,
  renameGroup,
  setGroupRole,
} from "../index.server";

withProduct();
const { hear, forget } = withFrames();
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

describe("its line in the list of who hears its conversation", () => {
  const member = (n: number): AccountActor => ({
    ...world.agent,
    accountId: many[n]?.id ?? "",
    name: many[n]?.name ?? "",
  });
  const lineOf = async (reader: AccountActor) => {
    const [line] = await listChats(reader, [large]);
    if (!line) throw new Error("not in the list");
    return line;
  };
  /** The line with what is heard while something happens, and as a fresh load shows it. */
  async function afterwards(reader: AccountActor, work: () => Promise<unknown>) {
    const loaded = await lineOf(reader);
    const frames = hear();
    await work();
    forget();
    const { topics: joined } = await joinTopic(reader, conversationName(large));
    const heard = frames.filter(({ topic, rev }) => joined.includes(topic) && rev !== undefined);
    const fresh = await lineOf(reader);
    // What a load brought already changes nothing.
    expect(heardLine(fresh, heard, reader.accountId)).toEqual({ line: fresh, whole: true });
    const late = heardLine(loaded, heard.slice(1), reader.accountId);
    if (heard.length > 1) expect(late).toEqual({ line: loaded, whole: false });
    return { ...heardLine(loaded, heard, reader.accountId), fresh };
  }
  const write = async (text: string, by = world.admin) =>
    (await sendMessage(by, { conversationId: large, clientId: newId(), text, visibility: "public" })).row;

  it.each<[string, () => Promise<unknown>]>([
    ["words", () => write("uno")],
    [
      "words that call the reader, and more words",
      async () => {
        await write(`@${many[3]?.name} mirá`);
        await write("y vos");
      },
    ],
    ["the reader's own words, on another device", () => write("voy", member(3))],
    ["another name", () => renameGroup(world.admin, large, `Todos ${newId()}`)],
    [
      "an edit of the last words, and of earlier ones",
      async () => {
        const [one, two] = [await write("aller"), await write("loy")];
        await changeText(world.admin, two.id, "hoy");
        await changeText(world.admin, one.id, "ayer");
      },
    ],
    [
      "emoji and pins",
      async () => {
        const { id } = await write("listo");
        await react(member(4), id, "👍", true);
        await pin(world.admin, id, true);
        await pin(world.admin, id, false);
      },
    ],
    ["somebody's reading", () => markRead(member(4), large, 9_999)],
    [
      "earlier words taken back",
      async () => {
        const { id } = await write("no era acá");
        await write("era allá");
        await takeBack(world.admin, id);
      },
    ],
  ])("after %s equals a fresh load", async (_, work) => {
    const reader = member(3);
    await markRead(reader, large, 9_999);
    const { line, whole, fresh } = await afterwards(reader, work);
    // A name is told of to each account.
    expect({ ...line, title: fresh.title }).toEqual(fresh);
    expect(whole).toBe(true);
    const again = await afterwards(reader, work);
    if (again.whole) expect({ ...again.line, title: again.fresh.title }).toEqual(again.fresh);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["the last words went", async () => takeBack(world.admin, (await write("me equivoqué")).id)],
    ["a call may have gone", async () => changeText(world.admin, (await write(`@${many[3]?.name} no`)).id, "nadie")],
  ])("is asked for where %s", async (_, work) => {
    await markRead(member(3), large, 9_999);
    expect((await afterwards(member(3), work)).whole).toBe(false);
  });

  it("costs one frame for all, whatever is said, and one for each where somebody is called", async () => {
    const frames = hear();
    await write("sin llamar");
    expect(frames.filter(({ event }) => event === "chats.changed")).toEqual([]);
    await write(`@${many[5]?.name} llamado`);
    forget();
    expect(frames.filter(({ event }) => event === "chats.changed").map(({ topic }) => topic)).toEqual([
      topics.account(many[5]?.id ?? ""),
    ]);
    expect(frames.filter(({ event }) => event === "message.created").map(({ topic }) => topic)).toEqual(
      [1, 2].flatMap(() => [topics.conversationStaff(large), topics.conversationPublic(large)]),
    );
  });
});

it("with the one who makes a group large all are told, so that their lists begin to listen", async () => {
  const accountIds = many.slice(100, 199).map(({ id }) => id);
  const id = await createGroup(world.admin, { title: "Casi", orgId: null, accountIds: [] }).catch(() => "");
  expect(id).not.toBe("");
  await asSystem("test", (tx) =>
    tx.insert(schema.participant).values(accountIds.map((accountId) => ({ conversationId: id, accountId }))),
  );
  const { link } = await createGroupInvite(world.admin, id, { days: 1, asks: false });
  const told = async (who: AccountActor) => {
    const frames = hear();
    await joinByInvite(who, link.split("/").at(-1) ?? "", "127.0.0.1");
    forget();
    return frames.filter(({ event }) => event === "chats.changed").length;
  };
  expect((await listChats(world.admin, [id])).map(({ large }) => large)).toEqual([false]);
  expect(await told(eva)).toBe(101);
  expect((await listChats(world.admin, [id])).map(({ large }) => large)).toEqual([true]);
  expect(await told(await makeAccount("Una más"))).toBe(1);
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
