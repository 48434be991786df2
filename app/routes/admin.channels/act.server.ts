import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { fields, orNull, readForm, wholeNumber } from "~/modules/accounts/index.server";
import { CHANNEL_KINDS } from "~/modules/channels";
import { addChannel, disableChannel, enableChannel, updateChannel } from "~/modules/channels/index.server";
import { invalid } from "~/platform/errors";

const name = z.string().normalize("NFC").trim().max(80, "name_malformed");
const optionalId = orNull(fields.id);
const forms = {
  connect: z.object({ kind: z.enum(CHANNEL_KINDS, "invalid"), name, areaId: fields.id }),
  update: z.object({
    channelId: fields.id,
    name: name.min(1, "name_malformed"),
    areaId: fields.id,
    flowId: optionalId,
    reopenHours: wholeNumber,
  }),
  one: z.object({ channelId: fields.id }),
};

/** The fields of the account that were filled in: `setting.<name>`. What is left empty stays as it is. */
function settingsOf(form: FormData): Record<string, string> {
  const given = [...form.entries()].flatMap(([field, value]) =>
    field.startsWith("setting.") && typeof value === "string" && value.trim() !== ""
      ? [[field.slice("setting.".length), value.trim()] as const]
      : [],
  );
  return Object.fromEntries(given);
}

/** Does what a form of the page asks for within the admin's organisation, and says what was done. @throws AppError */
export async function act(actor: AccountActor, orgId: string, form: FormData): Promise<string> {
  const intent = form.get("intent");
  const settings = settingsOf(form);
  if (intent === "connect") {
    const { kind, name: called, areaId } = readForm(forms.connect, form);
    // Who answers first is chosen by the published flow, as for every new channel.
    await addChannel(actor, { orgId, kind, name: called, areaId, settings });
    return "connected";
  }
  if (intent === "update") {
    const { channelId, ...patch } = readForm(forms.update, form);
    const changed = Object.keys(settings).length > 0 ? { ...patch, settings } : patch;
    await updateChannel(actor, orgId, channelId, changed);
    return "saved";
  }
  if (intent === "disable" || intent === "enable") {
    const { channelId } = readForm(forms.one, form);
    await (intent === "disable" ? disableChannel : enableChannel)(actor, orgId, channelId);
    return `${intent}d`;
  }
  throw invalid("invalid");
}
