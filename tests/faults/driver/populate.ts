import { SYSTEM } from "~/modules/accounts";
import { createToken } from "~/modules/accounts/index.server";
import { setUpOrganisation } from "~/modules/bots/index.server";
import { openGuestConversation } from "~/modules/tickets/index.server";
import { asSystem, closeDatabase, openDatabase } from "~/platform/db.server";
import { readEnv, setEnv } from "~/platform/env.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { SECRET_KEY } from "./cluster";

export type Population = {
  orgId: string;
  handle: string;
  /** One for each socket of staff, so that each has the limits of its own. */
  staffTokens: string[];
  guests: { token: string; conversationId: string }[];
};

let last: Promise<unknown> = Promise.resolve();

/** An organisation with one admin, who has many tokens, and customers who have not written yet; on a migrated database. */
export function populate(url: string, size: { guests: number; staff: number }): Promise<Population> {
  // The product's modules know one database at a time.
  const made = last.then(() => make(url, size));
  last = made.catch(() => {});
  return made;
}

async function make(url: string, size: { guests: number; staff: number }): Promise<Population> {
  setEnv(readEnv({ SECRET_KEY }));
  openDatabase(url, { maxConnections: 8 });
  try {
    const handle = `org-${newId().slice(-12)}`;
    const adminAccountId = newId();
    const email = `${adminAccountId}@example.test`;
    await asSystem("faults", (tx) =>
      tx.insert(schema.account).values({ id: adminAccountId, name: `Ana ${handle}`, email }),
    );
    const { orgId, memberId } = await setUpOrganisation(SYSTEM, { handle, name: handle, locale: "es", adminAccountId });
    const staffTokens = await transactAsSystem(SYSTEM, "faults", async (ctx) => {
      const tokens: string[] = [];
      for (let n = 0; n < size.staff; n++)
        tokens.push((await createToken(ctx, { orgId, memberId, name: `${n}`, scopes: ["*"] })).token);
      return tokens;
    });
    const guests: Population["guests"] = [];
    while (guests.length < size.guests) {
      const { token, conversationId } = await openGuestConversation(handle, { name: `Cliente ${guests.length}` });
      guests.push({ token, conversationId });
    }
    return { orgId, handle, staffTokens, guests };
  } finally {
    await closeDatabase();
    setEnv(undefined);
  }
}
