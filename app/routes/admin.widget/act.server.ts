import { z } from "zod";
import type { AccountActor } from "~/modules/accounts";
import { readForm, runAs, updateOrganisation } from "~/modules/accounts/index.server";

const form = z.object({ widgetSites: z.string() });

/** Says which sites may show the public chat, one a line. @throws AppError */
export async function act(actor: AccountActor, orgId: string, sent: FormData): Promise<void> {
  const { widgetSites } = readForm(form, sent);
  const lines = widgetSites.split(/\s+/).filter((line) => line !== "");
  await runAs(actor, orgId)((ctx) => updateOrganisation(ctx, { orgId, change: { widgetSites: lines } }));
}
