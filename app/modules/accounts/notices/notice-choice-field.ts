import { z } from "zod";
import { NOTICE_KINDS } from "./notice-choice";

const time = z.string("hours_malformed").regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "hours_malformed");

/** What may be chosen of notices; each message is the code of the text for people. */
export const noticeChoice = z.strictObject({
  loud: z.array(z.enum(NOTICE_KINDS, "invalid")).transform((all) => NOTICE_KINDS.filter((one) => all.includes(one))),
  quiet: z
    .strictObject({ from: time, to: time })
    .refine(({ from, to }) => from !== to, "hours_malformed")
    .nullable(),
});
