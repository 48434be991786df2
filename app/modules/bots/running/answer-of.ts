import type { Attachment } from "~/modules/messaging";
import type { Answer, AnswerPlace } from "../answers/match-answer";

/** What of a stored message can answer a bot. */
type Written = { kind: string; text: string; payload: Record<string, unknown> | null; attachments: readonly unknown[] };

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** Where the message's place lies; providers put it in the payload itself or under `place`. */
function placeOf({ kind, payload }: Written): AnswerPlace | null {
  if (kind !== "location" || !payload) return null;
  const place = (payload.place ?? payload) as Record<string, unknown>;
  const { latitude, longitude } = place;
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  return { latitude, longitude, name: textOf(place.name), address: textOf(place.address) };
}

/** A customer's message as the engine takes it: its words, what was tapped, its files and its place. */
export function answerOf(message: Written): Answer {
  const choice = message.payload?.choice as { id?: unknown } | undefined;
  const files = (message.attachments as Attachment[]).map(({ id, kind, name, mime, url }) => ({
    ...{ id: id ?? "", kind, name: name ?? null, mime: mime ?? null, url: url ?? null },
  }));
  const place = placeOf(message);
  return {
    kind: message.kind,
    text: message.text,
    payload: typeof choice?.id === "string" ? choice.id : null,
    ...(files.length > 0 && { files }),
    ...(place && { place }),
  };
}
