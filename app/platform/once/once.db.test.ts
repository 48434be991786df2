import { eq } from "drizzle-orm";
import { describe, expect, it, vi } from "vitest";
import { schema } from "~db/index.server";
import { withProduct } from "../../../tests/support/world";
import { asSystem } from "../db.server";
import { AppError, notFound } from "../errors";
import { newId } from "../ids";
import { once } from "./once.server";

withProduct();

const call = (over: object = {}) => ({ owner: "token:1", key: newId(), request: "POST /x {}", ...over });
const answer = (body: unknown = { data: { token: "gzg_secret" } }) => ({ status: 201, body });
const age = (owner: string, values: Partial<typeof schema.onceCall.$inferInsert>) =>
  asSystem("test", (tx) => tx.update(schema.onceCall).set(values).where(eq(schema.onceCall.owner, owner)));

describe("a call with a key", () => {
  it("is done once, and its answer is told again", async () => {
    const work = vi.fn(async () => answer());
    const asked = call();
    expect(await once(asked, work)).toEqual(answer());
    expect(await once(asked, work)).toEqual(answer());
    expect(work).toHaveBeenCalledTimes(1);
  });

  it("is done once when many arrive together", async () => {
    let done = 0;
    const work = async () => {
      const mine = ++done;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return answer({ data: mine });
    };
    const asked = call();
    const answers = await Promise.all(Array.from({ length: 8 }, () => once(asked, work)));
    expect(answers).toEqual(Array.from({ length: 8 }, () => answer({ data: 1 })));
  });

  it("is another call for another caller or key, and refused for another request", async () => {
    const work = vi.fn(async () => answer());
    const asked = call();
    await once(asked, work);
    await once({ ...asked, owner: "token:2" }, work);
    await once({ ...asked, key: newId() }, work);
    expect(work).toHaveBeenCalledTimes(3);
    await expect(once({ ...asked, request: "POST /y {}" }, work)).rejects.toMatchObject({
      status: 409,
      code: "id_reused",
    });
    expect(work).toHaveBeenCalledTimes(3);
  });

  it.each([new AppError("unavailable", 503), notFound("ticket"), new Error("a fault")])(
    "is not remembered when it failed: %s",
    async (error) => {
      const asked = call();
      await expect(once(asked, () => Promise.reject(error))).rejects.toBe(error);
      expect(await once({ ...asked, request: "corrected" }, async () => answer())).toEqual(answer());
    },
  );

  it("is done again when who was at it died, by the same request only", async () => {
    const asked = call({ owner: newId() });
    await once(asked, async () => answer());
    await age(asked.owner, { status: null, sealedAnswer: null, leasedUntil: new Date(Date.now() - 1000) });
    await expect(once({ ...asked, request: "other" }, async () => answer())).rejects.toMatchObject({
      code: "id_reused",
    });
    expect(await once(asked, async () => answer("again"))).toEqual(answer("again"));
  });

  it("is forgotten after a day", async () => {
    const asked = call({ owner: newId() });
    await once(asked, async () => answer());
    await age(asked.owner, { createdAt: new Date(Date.now() - 25 * 3_600_000) });
    expect(await once({ ...asked, request: "other" }, async () => answer("new"))).toEqual(answer("new"));
  });

  it("leaves neither key nor answer to be read in the database", async () => {
    const asked = call({ owner: newId() });
    await once(asked, async () => answer());
    const [row] = await asSystem("test", (tx) =>
      tx.select().from(schema.onceCall).where(eq(schema.onceCall.owner, asked.owner)),
    );
    const stored = `${JSON.stringify(row)}${row?.sealedAnswer?.toString("latin1")}`;
    expect(stored).not.toContain(asked.key);
    expect(stored).not.toContain("gzg_secret");
    expect(row?.status).toBe(201);
  });
});
