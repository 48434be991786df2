import { z } from "zod";
import { attachment } from "./message";
import { id, named, time } from "./named";

export const draft = named(
  "Draft",
  "What somebody has begun to write in a conversation. An empty `text` is no draft.",
  z.object({ conversation_id: id, text: z.string(), reply_to: id.nullable(), updated_at: time.nullable() }),
);

export const scheduledMessage = named(
  "ScheduledMessage",
  "A message that leaves later. `failed` is the code of why it could not; it waits for its author then.",
  z.object({
    id,
    conversation_id: id,
    text: z.string(),
    attachments: z.array(attachment),
    reply_to: id.nullable(),
    send_at: time,
    failed: z.string().nullable(),
    created_at: time,
  }),
);
