import { AsyncLocalStorage } from "node:async_hooks";
import { expect, it } from "vitest";
import type { AccountActor, Actor } from "~/modules/accounts";
import { SYSTEM } from "~/modules/accounts";
import { topics } from "~/modules/messaging";
import { asSystem, database, inScope } from "~/platform/db.server";
import type { AppError } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { type FullWorld, makeFullWorld } from "../../../../tests/support/full-world";
import { makeAccount, makeCustomer, withProduct } from "../../../../tests/support/world";
import { accessConversation } from "./conversation-access.server";
import { joinTopic } from "./join-topic.server";
import { listHeads } from "./list-heads.server";

withProduct();

const everyConversation = () =>
  asSystem("test", async (tx) =>
    (await tx.select({ id: schema.conversation.id }).from(schema.conversation)).map((row) => row.id),
  );

type Answer = { topic: string; rev: number | string } | { refused: string };

/** What the page's own policy says. */
const byPage = (actor: Actor, id: string): Promise<Answer> =>
  accessConversation(actor, id, inScope).then(
    ({ audience, conversation: { rev, publicRev } }) =>
      audience === "staff"
        ? { topic: topics.conversationStaff(id), rev }
        : { topic: topics.conversationPublic(id), rev: publicRev },
    (error: AppError) => ({ refused: error.code }),
  );

const byTopic = (actor: Actor, id: string): Promise<Answer> =>
  joinTopic(actor, `conversation:${id}`).then(
    ({ topics: [topic = ""], rev }) => ({ topic, rev }),
    (error: AppError) => ({ refused: error.code }),
  );

const people = async (world: FullWorld): Promise<[string, Actor][]> => [
  ["admin", world.admin],
  ["agent", world.agent],
  ["agent of another area", world.other],
  ["guest", world.guest.guest],
  ["customer with an account", world.account],
  ["stranger", await makeAccount("Nadie")],
  ["token", world.token.actor],
  ["token without the scope", { ...world.admin, token: { id: newId(), scopes: ["tickets:read"] } } as AccountActor],
  ["the product itself", SYSTEM],
];

it("tells everybody exactly what the page tells, topics too", async () => {
  const [one, two] = [await makeFullWorld(), await makeFullWorld()];
  await makeCustomer(one);
  await (await makeCustomer(one, "Luis")).writes("hola");
  const ids = [...(await everyConversation()), newId(), "x", ""];
  const sizes: number[] = [];
  for (const world of [one, two]) {
    for (const [who, actor] of await people(world)) {
      const answers = new Map<string, Answer>();
      for (const id of ids) answers.set(id, await byPage(actor, id));
      expect(new Map(await Promise.all(ids.map(async (id) => [id, await byTopic(actor, id)] as const))), who).toEqual(
        answers,
      );
      const heads = await listHeads(actor, ids);
      const shown = [...answers].flatMap(([id, answer]) => ("rev" in answer ? [[id, answer.rev]] : []));
      expect(heads, who).toEqual(Object.fromEntries(shown));
      sizes.push(shown.length);
    }
  }
  expect(new Set(sizes).size).toBeGreaterThan(3);
});

/**
 * How many transactions a piece of work takes; each takes one connection. Others may go on beside it: what was made ready
 * for the test still wakes the workers.
 */
async function transactionsOf(work: () => Promise<unknown>): Promise<number> {
  const { pool } = database();
  const connect = pool.connect.bind(pool);
  const within = new AsyncLocalStorage<true>();
  let asked = 0;
  pool.connect = ((...given: []) => {
    if (within.getStore()) asked++;
    return connect(...given);
  }) as typeof pool.connect;
  try {
    await within.run(true, work);
  } finally {
    pool.connect = connect;
  }
  return asked;
}

it("asks twice (the second time who takes part in chats), whatever the number of conversations, for at most 500", async () => {
  const world = await makeFullWorld();
  const ids = [...(await everyConversation()), ...Array.from({ length: 600 }, () => newId())];
  expect(await transactionsOf(() => listHeads(world.admin, ids))).toBe(2);
});

it("answers a thousand who join at once by a few queries", async () => {
  const world = await makeFullWorld();
  const ids = await everyConversation();
  const list = `organisation:${world.orgId}:tickets`;
  const names = Array.from({ length: 1_000 }, (_, n) => (n % 2 ? list : `conversation:${ids[n % ids.length]}`));
  const asked = await transactionsOf(() => Promise.allSettled(names.map((name) => joinTopic(world.admin, name))));
  expect(asked).toBeLessThanOrEqual(15);
});
