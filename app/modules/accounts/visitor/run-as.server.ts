import { type Context, transact } from "~/platform/transact.server";
import type { AccountActor } from "../actor";

/** Does one piece of work in a transaction. */
export type Run = <T>(work: (ctx: Context<AccountActor>) => Promise<T>) => Promise<T>;

/** How an account's forms call verbs: each in a transaction within one of its organisations. */
export const runAs =
  (actor: AccountActor, orgId: string): Run =>
  (work) =>
    transact(actor, { orgId, accountId: actor.accountId }, work);
