import { z } from "zod";
import { id, idAndName, named, time } from "./named";

export const conversation = named(
  "Conversation",
  "An endless stream of messages. `last_seq` and `rev` count what the caller may see.",
  z.object({
    id,
    kind: z.string(),
    contact: idAndName.nullable(),
    channel: z.object({ id, kind: z.string() }).nullable(),
    ticket_id: id.nullable(),
    last_seq: z.int(),
    rev: z.int(),
    last_message_at: time.nullable(),
  }),
);

export const readPointer = named("ReadPointer", "How far the caller has read.", z.object({ seq: z.int() }));

export const guestDoor = named(
  "GuestDoor",
  "What opens a new conversation of a customer without an account; the token is told here and never again.",
  z.object({ token: z.string(), conversation_id: id }),
);
