import type { Message } from "../message-view";

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Which choice of each offer was picked: the one whose words the customer's next message says. */
export function pickedChoices(messages: readonly Message[]): ReadonlyMap<string, string> {
  const picked = new Map<string, string>();
  let offer: Message | null = null;
  for (const message of messages) {
    if (message.choices.length > 0) offer = message;
    else if (offer && message.author.kind === "contact") {
      const choice = offer.choices.find((c) => same(c.label, message.text));
      if (choice) picked.set(offer.id, choice.id);
      offer = null;
    }
  }
  return picked;
}
