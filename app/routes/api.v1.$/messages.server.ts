import { z } from "zod";
import { guestMessageCharges, throttle } from "~/modules/accounts/index.server";
import { toMessage } from "~/modules/messaging/index.server";
import { changeText, react, takeBack } from "~/modules/tickets/index.server";
import { type Call, endpoint } from "./endpoint";

/** A guest's changes count as messages do. */
async function charge({ actor }: Pick<Call<never, never>, "actor">): Promise<void> {
  if (actor.kind === "guest") await throttle(guestMessageCharges(actor.guestId));
}

export const messages = [
  endpoint({
    method: "PATCH",
    path: "/messages/:id",
    access: "guest",
    body: z.strictObject({ text: z.string() }),
    handle: async (call) => {
      await charge(call);
      return { data: toMessage(await changeText(call.actor, call.params.id ?? "", call.body.text)) };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/messages/:id",
    access: "guest",
    handle: async (call) => {
      await charge(call);
      return { data: toMessage(await takeBack(call.actor, call.params.id ?? "")) };
    },
  }),
  endpoint({
    method: "POST",
    path: "/messages/:id/reactions",
    access: "guest",
    body: z.strictObject({ emoji: z.string().max(64), on: z.boolean().default(true) }),
    handle: async (call) => {
      await charge(call);
      const { emoji, on } = call.body;
      return { data: toMessage(await react(call.actor, call.params.id ?? "", emoji, on)) };
    },
  }),
];
