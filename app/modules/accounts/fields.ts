import { z } from "zod";

/** Names are shown to others, in lists and notifications: one line, nothing invisible that turns text around. */
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+$/u;

const oneLine = (max: number, code: string) =>
  z.string({ message: code }).normalize("NFC").trim().min(1, code).max(max, code).regex(ONE_LINE, code);

/** What forms and programs may give; each message is the code of the text for people. */
export const fields = {
  email: z
    .string({ message: "email_malformed" })
    .normalize("NFC")
    .trim()
    .toLowerCase()
    .max(254, "email_malformed")
    .pipe(z.email("email_malformed")),
  personName: oneLine(80, "name_malformed"),
  organisationName: oneLine(80, "name_malformed"),
  areaName: oneLine(60, "name_malformed"),
  tokenName: oneLine(80, "name_malformed"),
  /** Any text: what may be chosen as a password is asked of `passwordProblem`. */
  password: z.string({ message: "password_too_short" }),
  role: z.enum(["agent", "admin"], { message: "invalid" }),
  availability: z.enum(["available", "away"], { message: "invalid" }),
  visibility: z.enum(["open", "members", "private"], { message: "invalid" }),
  assignment: z.enum(["manual", "round_robin", "least_loaded"], { message: "invalid" }),
  replyMode: z.enum(["claim", "take_first", "assignee_only"], { message: "invalid" }),
  id: z.uuid("invalid"),
};
