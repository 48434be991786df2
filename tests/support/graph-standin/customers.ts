import { phoneKey } from "../../../app/modules/channels/phone";

/** Somebody with WhatsApp, as the platform knows them. */
export type Customer = { waId?: string; userId?: string; parentUserId?: string; username?: string; name?: string };

const DAY_MS = 24 * 3_600_000;

/** The people on the other side, and when each last wrote to each of our numbers. */
export function customerBook(now: () => number) {
  const people: Customer[] = [];
  const lastWrote = new Map<Customer, Map<string, number>>();

  /** A telephone is found in every way of writing it, as the platform itself does. */
  function find(address: { waId?: string; userId?: string }): Customer | undefined {
    if (address.userId) return people.find((one) => one.userId === address.userId);
    const key = phoneKey(`+${address.waId}`) ?? address.waId;
    return people.find((one) => one.waId && (phoneKey(`+${one.waId}`) ?? one.waId) === key);
  }

  return {
    find,
    /** The person with these ids, made or completed. */
    learn(given: Customer): Customer {
      const known =
        (given.userId ? find({ userId: given.userId }) : undefined) ??
        (given.waId ? find({ waId: given.waId }) : undefined);
      const customer = Object.assign(known ?? {}, given);
      if (!known) people.push(customer);
      return customer;
    },
    wrote(phoneNumberId: string, customer: Customer, at = now()) {
      const times = lastWrote.get(customer) ?? new Map<string, number>();
      lastWrote.set(customer, times.set(phoneNumberId, Math.max(at, times.get(phoneNumberId) ?? 0)));
    },
    /** True for 24 hours after the person wrote to that number. */
    windowOpen(phoneNumberId: string, customer: Customer): boolean {
      const since = lastWrote.get(customer)?.get(phoneNumberId);
      return since !== undefined && now() - since < DAY_MS;
    },
  };
}

export type CustomerBook = ReturnType<typeof customerBook>;
