import { z } from "zod";

const MAX_TEXT = 16_000;
const MAX_CONVERSATIONS = 500;

const id = z.uuid().transform((value) => value.toLowerCase());
const number = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** PostgreSQL refuses NUL, and a half of a surrogate pair cannot be written as UTF-8. */
const text = z
  .string()
  .max(MAX_TEXT)
  .transform((value) => value.replaceAll("\u0000", "").toWellFormed());
const name = z.string().max(200);

/** All that a client may say. */
export const clientFrame = z.discriminatedUnion("t", [
  z.object({
    t: z.literal("hello"),
    resume: z
      .object({
        conversations: z
          .record(id, number)
          .refine((given) => Object.keys(given).length <= MAX_CONVERSATIONS)
          .default({}),
        feed: z.string().max(100).optional(),
      })
      .optional(),
  }),
  z.object({ t: z.literal("sub"), topic: name }),
  z.object({ t: z.literal("unsub"), topic: name }),
  z.object({
    t: z.literal("send"),
    ref: id,
    conversation: id,
    text: text.default(""),
    attachments: z.array(id).max(32).default([]),
    reply_to: id.optional(),
    visibility: z.enum(["public", "staff"]).default("public"),
    based_on_seq: number.optional(),
  }),
  z.object({ t: z.literal("edit"), ref: id, message: id, text }),
  z.object({ t: z.literal("delete"), ref: id, message: id }),
  z.object({ t: z.literal("react"), ref: id, message: id, emoji: z.string().min(1).max(32), on: z.boolean() }),
  z.object({ t: z.literal("read"), conversation: id, seq: number }),
  z.object({ t: z.literal("typing"), conversation: id }),
  z.object({ t: z.literal("ping") }),
]);

export type ClientFrame = z.infer<typeof clientFrame>;
/** `ref` of a refused frame is given back where it is one, so that its sender learns of it. */
export type Parsed = { frame: ClientFrame } | { refused: "bad_frame" | "unknown_frame"; ref?: string; field?: string };

const KINDS = new Set<unknown>(clientFrame.options.map((option) => option.shape.t.value));

/** Reads one text frame of a client. Unknown keys are left out; sizes and depth are bounded by the frame's 64 KiB. */
export function parseFrame(raw: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { refused: "bad_frame" };
  }
  const parsed = clientFrame.safeParse(value);
  if (parsed.success) return { frame: parsed.data };
  const given = value as { t?: unknown; ref?: unknown } | null;
  const ref = typeof given?.ref === "string" && given.ref.length <= 64 ? given.ref : undefined;
  if (typeof given?.t === "string" && !KINDS.has(given.t)) return { refused: "unknown_frame", ref };
  return { refused: "bad_frame", ref, field: parsed.error.issues[0]?.path.join(".").slice(0, 100) };
}
