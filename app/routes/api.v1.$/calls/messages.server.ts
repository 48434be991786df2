import { z } from "zod";
import { guestMessageCharges, throttle } from "~/modules/accounts/index.server";
import { toMessage } from "~/modules/messaging/index.server";
import { changeText, react, takeBack } from "~/modules/tickets/index.server";
import { type Call, endpoint } from "../endpoint";
import { message } from "../shapes/message";

/** A guest's changes count as messages do. */
async function charge({ actor, address }: Pick<Call<never, never>, "actor" | "address">): Promise<void> {
  if (actor.kind === "guest") await throttle(guestMessageCharges(actor, address));
}

const refused = ["message_deleted", "channel_cannot_edit"] as const;

export const messages = [
  endpoint({
    method: "PATCH",
    path: "/messages/:id",
    name: "editMessage",
    summary: "Give one's own message another text.",
    access: "guest",
    scope: "messages:write",
    body: z.strictObject({ text: z.string() }),
    answer: message,
    refusals: { 422: [...refused, "text_empty", "text_too_long"] },
    handle: async (call) => {
      await charge(call);
      return { data: toMessage(await changeText(call.actor, call.params.id ?? "", call.body.text)) };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/messages/:id",
    name: "deleteMessage",
    summary: "Take a message back for everybody. It stays in its place, without its content.",
    access: "guest",
    scope: "messages:write",
    answer: message,
    refusals: { 422: ["channel_cannot_edit"] },
    handle: async (call) => {
      await charge(call);
      return { data: toMessage(await takeBack(call.actor, call.params.id ?? "")) };
    },
  }),
  endpoint({
    method: "POST",
    path: "/messages/:id/reactions",
    name: "reactToMessage",
    summary: "Give a message an emoji, or with `on: false` take one's own back.",
    access: "guest",
    scope: "messages:write",
    body: z.strictObject({ emoji: z.string().max(64), on: z.boolean().default(true) }),
    answer: message,
    refusals: { 422: ["emoji_invalid", "too_many_emoji", "message_deleted"] },
    handle: async (call) => {
      await charge(call);
      const { emoji, on } = call.body;
      return { data: toMessage(await react(call.actor, call.params.id ?? "", emoji, on)) };
    },
  }),
];
