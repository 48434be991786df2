import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import {
  addHoliday,
  fields,
  organisationChange,
  orNull,
  type Run,
  readForm,
  removeHoliday,
  runAs,
  updateArea,
  updateOrganisation,
} from "~/modules/accounts/index.server";
import { invalid } from "~/platform/errors";

/** The week's editor sends what was set as JSON. */
const json = z.string().transform((text, ctx) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    ctx.addIssue({ code: "custom", message: "hours_malformed" });
    return z.NEVER;
  }
});
const time = /^\d{2}:\d{2}$/;
const optionalId = orNull(fields.id);
const forms = {
  week: z.object({
    areaId: optionalId,
    hours: json.pipe(organisationChange.shape.hours.unwrap()),
    hoursText: orNull(z.string()),
  }),
  holiday: z.object({
    areaId: optionalId,
    name: z.string(),
    day: z.string(),
    from: orNull(z.string().regex(time, "hours_malformed")),
    to: orNull(z.string().regex(time, "hours_malformed")),
  }),
  remove: z.object({ holidayId: fields.id }),
};

/** Does what a form of the page asks for, and says of which area it was. @throws AppError */
export async function act(actor: AccountActor, orgId: string, form: FormData): Promise<string | null> {
  const run = runAs(actor, orgId);
  const intent = form.get("intent");
  if (intent === "week") {
    const { areaId, ...change } = readForm(forms.week, form);
    await run((ctx) =>
      areaId ? updateArea(ctx, { orgId, areaId, change }) : updateOrganisation(ctx, { orgId, change }),
    );
    return areaId;
  }
  if (intent === "holiday") return add(run, orgId, form);
  if (intent === "remove") {
    const { holidayId } = readForm(forms.remove, form);
    await run((ctx) => removeHoliday(ctx, { orgId, holidayId }));
    return null;
  }
  throw invalid("invalid");
}

async function add(run: Run, orgId: string, form: FormData): Promise<string | null> {
  const { from, to, ...day } = readForm(forms.holiday, form);
  if ((from === null) !== (to === null)) throw invalid("hours_malformed", { field: from ? "to" : "from" });
  const spans: [string, string][] = from && to ? [[from, to === "00:00" ? "24:00" : to]] : [];
  await run((ctx) => addHoliday(ctx, { orgId, holiday: { ...day, spans } }));
  return day.areaId;
}
