import { z } from "zod";
import { invalid } from "~/platform/errors";
import { orNull, readForm } from "../forms/read-form.server";
import type { NoticeChoice } from "./notice-choice";
import { noticeChoice } from "./notice-choice-field";

const fields = z.object({ loud: z.array(z.string()), from: orNull(z.string()), to: orNull(z.string()) });

/** What a form chooses of notices. @throws AppError 422 with the field */
export function readNoticeChoice(form: FormData): NoticeChoice {
  const { loud, from, to } = readForm(fields, form, ["loud"]);
  if ((from === null) !== (to === null)) throw invalid("hours_malformed", { field: from ? "to" : "from" });
  const parsed = noticeChoice.safeParse({ loud, quiet: from && to ? { from, to } : null });
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.message ?? "invalid", { field: "to" });
  return parsed.data;
}
