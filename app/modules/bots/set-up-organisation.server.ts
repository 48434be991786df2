import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { type CreatedOrganisation, createOrganisation } from "~/modules/accounts/index.server";
import { createChannel } from "~/modules/channels/index.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { createFlow } from "./editing/create-flow.server";
import { publishDraft } from "./editing/publish-draft.server";
import { welcomeFlow } from "./starters/welcome";

export type NewOrganisation = {
  handle: string;
  name: string;
  /** `es`, `pt` or `en`. */
  locale: "es" | "pt" | "en";
  timeZone?: string;
  /** The first admin; left out, the actor. */
  adminAccountId?: string;
};

const FIRST_AREA = { es: "General", pt: "Geral", en: "General" } as const;

const CLOSING_LISTS = {
  es: [
    "gracias",
    "muchas gracias",
    "mil gracias",
    "ok",
    "ok gracias",
    "dale",
    "dale gracias",
    "listo",
    "perfecto",
    "genial",
    "buenísimo",
    "aguyje",
    "👍",
    "🙏",
    "❤️",
  ],
  pt: [
    "obrigado",
    "obrigada",
    "muito obrigado",
    "muito obrigada",
    "valeu",
    "ok",
    "beleza",
    "perfeito",
    "👍",
    "🙏",
    "❤️",
  ],
  en: ["thanks", "thank you", "many thanks", "ok", "ok thanks", "great", "perfect", "👍", "🙏", "❤️"],
} as const;

/**
 * An organisation that can be written to at once: its first area and admin, the public chat and the internal channel.
 * @throws AppError as `createOrganisation` does
 */
export function setUpOrganisation(actor: Actor, input: NewOrganisation): Promise<CreatedOrganisation> {
  return transactAsSystem(actor, "a new organisation", async (ctx) => {
    const created = await createOrganisation(ctx, { ...input, areaName: FIRST_AREA[input.locale] });
    const { orgId, areaId } = created;
    await ctx.tx
      .update(schema.organisation)
      .set({ closingList: [...CLOSING_LISTS[input.locale]] })
      .where(eq(schema.organisation.id, orgId));
    for (const kind of ["web", "internal"] as const) {
      await createChannel(ctx, { orgId, kind, settings: {}, areaId, flowId: null });
    }
    return created;
  });
}

/** Publishes the welcome flow of an organisation's language, and lets it answer first on the in-app channels. */
export function publishWelcome(
  actor: Actor,
  organisation: { orgId: string; locale: "es" | "pt" | "en" },
): Promise<string> {
  return transactAsSystem(actor, "the welcome flow of an organisation", async (ctx) => {
    const flow = await createFlow(ctx, { orgId: organisation.orgId, draft: welcomeFlow(organisation.locale) });
    await publishDraft(ctx, flow);
    await ctx.tx.update(schema.channel).set({ flowId: flow.id }).where(eq(schema.channel.orgId, organisation.orgId));
    return flow.id;
  });
}
