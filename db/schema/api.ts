import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns";

/**
 * What calls with an `Idempotency-Key` did, so that repeating one does it once. Who called and the key are kept as
 * hashes and the answer is sealed, since an answer may hold a secret that is told only once.
 */
export const onceCall = pgTable(
  "once_call",
  {
    /** The token, guest or address that called. */
    owner: text("owner").notNull(),
    keyHash: text("key_hash").notNull(),
    /** Of method, address and body: the same key with another request is refused. */
    requestHash: text("request_hash").notNull(),
    /** Null while somebody is at it. */
    status: integer("status"),
    sealedAnswer: bytes("sealed_answer"),
    /** Until when whoever is at it counts as living. */
    leasedUntil: instant("leased_until").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.owner, t.keyHash] }), index("once_call_created_idx").on(t.createdAt)],
);
