import { z } from "zod";
import { id, named, time } from "./named";

export const authorKind = z.enum(["contact", "member", "account", "bot", "device", "system"]);
export const messageKind = z.enum([
  "text",
  "media",
  "location",
  "contact",
  "interactive",
  "template",
  "rating",
  "system",
  "placeholder",
]);
export const visibility = z.enum(["public", "staff"]);

export const attachment = z.object({
  id: z.string(),
  kind: z.enum(["image", "video", "audio", "voice", "sticker", "file"]),
  name: z.string().nullable(),
  mime: z.string().nullable(),
  size: z.int().nullable(),
  url: z.string().nullable(),
  state: z.enum(["ready", "pending", "failed"]),
  reason: z.string().nullable(),
  width: z.int().nullable().describe("In pixels, as shown; of a video, the shape of its poster"),
  height: z.int().nullable(),
  thumbnail: z.string().nullable().describe("The address of its small picture"),
  placeholder: z.string().nullable().describe("A few pixels as a data URL, to show until it has loaded"),
  duration_ms: z.int().nullable(),
  waveform: z.array(z.int()).nullable().describe("How loud it is along the way, each 0 to 100"),
});

export const message = named(
  "Message",
  "A message. Its place in the conversation is `seq`, never a clock; a deleted one has lost its content.",
  z.object({
    id,
    conversation: id,
    seq: z.int(),
    author: z.object({ kind: authorKind, id: id.nullable(), name: z.string() }),
    kind: messageKind,
    text: z.string(),
    mentions: z
      .array(z.object({ id, name: z.string() }))
      .describe("Whom of a group it calls, by the word after its `@`; absent where nobody is")
      .optional(),
    forwarded: z.literal(true).describe("Said elsewhere first; absent where it was not").optional(),
    card: z
      .literal("ticket")
      .describe("It shows a ticket to those who may see it: `GET /messages/:id/ticket`; absent where it does not")
      .optional(),
    choices: z.array(z.object({ id: z.string(), label: z.string(), description: z.string().optional() })),
    preview: z
      .object({
        url: z.string(),
        title: z.string(),
        description: z.string(),
        site: z.string(),
        picture: z.object({ src: z.string(), width: z.int(), height: z.int() }).nullable(),
      })
      .describe("What the page behind the first address of the text says of itself; it comes after the message")
      .optional(),
    attachments: z.array(attachment),
    reply_to: id.nullable(),
    visibility,
    client_id: id.nullable(),
    delivery: z.enum(["queued", "sent", "delivered", "read", "failed", "unknown"]).nullable(),
    delivery_error: z.object({ code: z.string(), text: z.string() }).nullable(),
    late: z.boolean(),
    reactions: z.array(
      z.object({ emoji: z.string(), by: z.array(z.object({ kind: authorKind, id, name: z.string() })) }),
    ),
    sent_at: time,
    created_at: time,
    edited_at: time.nullable(),
    deleted_at: time.nullable(),
    pinned_at: time.nullable(),
  }),
);

export const conversationFile = named(
  "File",
  "A file of a conversation, with the message that it was sent with.",
  attachment.extend({ message_id: id, seq: z.int(), author: z.object({ name: z.string() }), sent_at: time }),
);

export const change = named(
  "Change",
  "One change of a conversation under its number `rev`, with the message as it is now where it is about one.",
  z.object({ rev: z.int(), kind: z.string(), ref: id, message: message.nullable() }),
);
