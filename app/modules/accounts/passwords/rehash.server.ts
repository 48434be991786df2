import { eq } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";

/** Puts a stronger hash of the same password in a weaker one's place. Salts make a hash its account's alone. */
export const rehash = (weaker: string, stronger: string): Promise<void> =>
  asSystem("a stronger hash at sign-in", async (tx) => {
    await tx.update(schema.credential).set({ password: stronger }).where(eq(schema.credential.password, weaker));
  });
