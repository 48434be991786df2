import { z } from "zod";
import type { Actor } from "~/modules/accounts";
import { getNoticeChoice, setNoticeChoice } from "~/modules/accounts/index.server";
import { CHANNEL_KINDS } from "~/modules/channels";
import { listLinks } from "~/modules/tickets/index.server";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../../endpoint";
import { choiceWith, loud, ownNoticeChoice, quiet, viewOfChoice } from "../../shapes/notice";

type Given = { actor: Actor; orgId: string };

const choiceOf = ({ actor, orgId }: Given) => transact(actor, { orgId }, (ctx) => getNoticeChoice(ctx, orgId));
const view = ({ choice, own }: Awaited<ReturnType<typeof choiceOf>>) => ({ ...viewOfChoice(choice), own });

/** How customers and members are reached. */
export const reach = [
  endpoint({
    method: "GET",
    path: "/links",
    name: "listLinks",
    summary:
      "The addresses by which customers write, to publish or to print; that of the whole chat first. For admins.",
    access: "member",
    scope: "channels:read",
    answer: z.array(
      z.object({
        kind: z.enum(CHANNEL_KINDS),
        name: z.string().describe("The area's or channel's; empty for the whole chat"),
        url: z.string(),
      }),
    ),
    handle: async ({ actor, orgId }) => {
      const links = await listLinks(actor, orgId);
      return { data: links.map(({ kind, name, url }) => ({ kind, name, url })), nextCursor: null };
    },
  }),
  endpoint({
    method: "GET",
    path: "/notices/choice",
    name: "getNoticeChoice",
    summary: "Which notices the token's member is told aloud, and when none.",
    access: "member",
    scope: "tickets:read",
    answer: ownNoticeChoice,
    handle: async (given) => ({ data: view(await choiceOf(given)) }),
  }),
  endpoint({
    method: "PATCH",
    path: "/notices/choice",
    name: "changeNoticeChoice",
    summary: "Choose which notices the token's member is told aloud; what is not named stays as it is.",
    access: "member",
    scope: "tickets:write",
    body: z.strictObject({ loud: loud.max(20).optional(), quiet: quiet.optional() }),
    answer: ownNoticeChoice,
    refusals: { 422: ["hours_malformed"] },
    handle: async ({ actor, orgId, body }) => {
      const changed = await transact(actor, { orgId }, async (ctx) => {
        const choice = choiceWith((await getNoticeChoice(ctx, orgId)).choice, body);
        await setNoticeChoice(ctx, { orgId, choice });
        return getNoticeChoice(ctx, orgId);
      });
      return { data: view(changed) };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/notices/choice",
    name: "forgetNoticeChoice",
    summary: "Have notices again as the organisation has them.",
    access: "member",
    scope: "tickets:write",
    answer: ownNoticeChoice,
    handle: async ({ actor, orgId }) => {
      const changed = await transact(actor, { orgId }, async (ctx) => {
        await setNoticeChoice(ctx, { orgId, choice: null });
        return getNoticeChoice(ctx, orgId);
      });
      return { data: view(changed) };
    },
  }),
];
