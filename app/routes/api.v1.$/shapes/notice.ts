import { z } from "zod";
import { NOTICE_KINDS } from "~/modules/accounts";
import { id, named, time } from "./named";

export const notice = named(
  "Notice",
  "Something that a member is to know of a ticket, or an admin of a webhook: one of the two is named. `contact` is null where the ticket is out of their sight.",
  z.object({
    id,
    kind: z.enum(["assigned", "queued", "mentioned", "returned", "overflowed", "transferred", "webhook_off"]),
    ticket_id: id.nullable(),
    webhook_id: id.nullable(),
    by: z.string().describe("Who caused it; empty for the clock; of a webhook its host"),
    reason: z.string().nullable(),
    others: z.int().describe("How many more of its kind it stands for: in a flood they have no notice of their own"),
    created_at: time,
    read_at: time.nullable(),
    number: z.int().nullable(),
    contact: z.string().nullable(),
  }),
);

export const loud = z
  .array(z.enum(NOTICE_KINDS))
  .describe("Which notices are said aloud; all of them stand in the list whatever is chosen");
export const quiet = z
  .array(z.string())
  .length(2)
  .nullable()
  .describe("From and to as HH:MM of the organisation's clock, when nothing is said aloud; null never");

export const noticeChoice = named("NoticeChoice", "What members are told aloud.", z.object({ loud, quiet }));

export const ownNoticeChoice = named(
  "OwnNoticeChoice",
  "What the token's member is told aloud.",
  z.object({ loud, quiet, own: z.boolean().describe("Whether they chose it; else it is the organisation's") }),
);

type Choice = { loud: z.output<typeof loud>; quiet: { from: string; to: string } | null };

export const viewOfChoice = ({ loud, quiet }: Choice) => ({
  loud: [...loud],
  quiet: quiet && [quiet.from, quiet.to],
});

/** A choice with what was named of it; times are still to be looked at by who takes it. */
export const choiceWith = (
  before: Choice,
  named: { loud?: z.output<typeof loud>; quiet?: readonly string[] | null },
): Choice => ({
  loud: named.loud ?? before.loud,
  quiet:
    named.quiet === undefined ? before.quiet : named.quiet && { from: named.quiet[0] ?? "", to: named.quiet[1] ?? "" },
});
