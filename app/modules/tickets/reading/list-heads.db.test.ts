import { expect, it } from "vitest";
import type { AccountActor, Actor } from "~/modules/accounts";
import { SYSTEM } from "~/modules/accounts";
import { asSystem, database } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { type FullWorld, makeFullWorld } from "../../../../tests/support/full-world";
import { makeAccount, makeCustomer, withProduct } from "../../../../tests/support/world";
import { joinTopic } from "./join-topic.server";
import { listHeads } from "./list-heads.server";

withProduct();

const everyConversation = () =>
  asSystem("test", async (tx) =>
    (await tx.select({ id: schema.conversation.id }).from(schema.conversation)).map((row) => row.id),
  );

/** What the page's own policy says of each, one by one. */
async function oneByOne(actor: Actor, ids: readonly string[]) {
  const heads: Record<string, number> = {};
  for (const id of ids) {
    const joined = await joinTopic(actor, `conversation:${id}`).catch(() => null);
    if (joined && typeof joined.rev === "number") heads[id] = joined.rev;
  }
  return heads;
}

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

it("tells everybody exactly what asking one by one tells", async () => {
  const [one, two] = [await makeFullWorld(), await makeFullWorld()];
  await makeCustomer(one);
  await (await makeCustomer(one, "Luis")).writes("hola");
  const ids = [...(await everyConversation()), newId(), "x", ""];
  const sizes: number[] = [];
  for (const world of [one, two]) {
    for (const [who, actor] of await people(world)) {
      const heads = await listHeads(actor, ids);
      expect(heads, who).toEqual(await oneByOne(actor, ids));
      sizes.push(Object.keys(heads).length);
    }
  }
  expect(new Set(sizes).size).toBeGreaterThan(3);
});

it("asks once, whatever the number of conversations, and answers for at most 500", async () => {
  const world = await makeFullWorld();
  const ids = [...(await everyConversation()), ...Array.from({ length: 600 }, () => newId())];
  const { pool } = database();
  const connect = pool.connect.bind(pool);
  let asked = 0;
  // Each transaction takes one connection.
  pool.connect = ((...given: []) => {
    asked++;
    return connect(...given);
  }) as typeof pool.connect;
  try {
    await listHeads(world.admin, ids);
  } finally {
    pool.connect = connect;
  }
  expect(asked).toBe(1);
});
