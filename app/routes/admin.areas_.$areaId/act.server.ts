import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import {
  areaChange,
  fields,
  orNull,
  readForm,
  runAs,
  setAreaMembers,
  updateArea,
  wholeNumber,
} from "~/modules/accounts/index.server";
import { retireArea } from "~/modules/tickets/index.server";
import { invalid } from "~/platform/errors";

const { shape } = areaChange;
const optionalId = orNull(fields.id);
const settings = z.object({
  name: shape.name.unwrap(),
  visibility: shape.visibility.unwrap(),
  replyMode: shape.replyMode.unwrap(),
  assignment: shape.assignment.unwrap(),
  cap: wholeNumber,
  stickyDays: wholeNumber,
  autoReturnMinutes: orNull(wholeNumber),
  autoCloseHours: orNull(wholeNumber),
  overflowAreaId: optionalId,
  overflowMinutes: orNull(wholeNumber),
  waitLimitMinutes: wholeNumber,
});
const memberIds = z.array(fields.id);
const people = z.object({ memberIds });
const archive = z.object({ toAreaId: optionalId });

/** Does what a form of an area's page asks for, and says what was done. @throws AppError */
export async function act(actor: AccountActor, orgId: string, areaId: string, form: FormData): Promise<string> {
  const run = runAs(actor, orgId);
  const intent = form.get("intent");
  if (intent === "update") {
    const change = readForm(settings, form);
    await run((ctx) => updateArea(ctx, { orgId, areaId, change }));
    return "saved";
  }
  if (intent === "people") {
    const chosen = readForm(people, form, ["memberIds"]);
    await run((ctx) => setAreaMembers(ctx, { orgId, areaId, ...chosen }));
    return "people";
  }
  if (intent === "archive") {
    const { toAreaId } = readForm(archive, form);
    await retireArea(actor, { orgId, areaId, toAreaId });
    return "archived";
  }
  throw invalid("invalid");
}
