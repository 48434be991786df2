import pg from "pg";
import { describe, expect, it } from "vitest";
import { database } from "~/platform/db.server";
import { makeCustomer, makeWorld, withProduct } from "../../../../tests/support/world";

const ROUNDS = 5;

withProduct();

describe("a process that stands still within a transaction (F16)", () => {
  it("holds up its own conversation, and no other of the organisation", async () => {
    const world = await makeWorld();
    const held = await makeCustomer(world);
    const others = await Promise.all(Array.from({ length: 6 }, () => makeCustomer(world)));
    for (const customer of [held, ...others]) await customer.writes("hola");
    const frozen = new pg.Client({ connectionString: database().url });
    await frozen.connect();
    await frozen.query("begin");
    await frozen.query("select from conversation where id = $1 for update", [held.conversationId]);
    const waiting: Promise<unknown>[] = [];
    try {
      // Were each round to wait for the one that is held, until the statement's limit of 15 s, the test would not end.
      for (let round = 0; round < ROUNDS; round++) {
        waiting.push(held.writes(`espera ${round}`));
        await Promise.all(others.map((customer) => customer.writes(`ronda ${round}`)));
      }
    } finally {
      await frozen.end();
    }
    const rows = (await Promise.all(waiting)) as { seq: number }[];
    expect(rows.map(({ seq }) => seq).sort()).toEqual([2, 3, 4, 5, 6]);
    for (const { writes } of others) expect((await writes("y sigue")).seq).toBe(ROUNDS + 2);
  });
});
