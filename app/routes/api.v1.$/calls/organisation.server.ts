import { z } from "zod";
import { ALL_LOUD, logoAddress } from "~/modules/accounts";
import {
  getOrganisation,
  listAudit,
  listTokens,
  organisationChange,
  readOrganisation,
  revokeToken,
  updateOrganisation,
} from "~/modules/accounts/index.server";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../endpoint";
import { paging } from "../paging";
import { apiToken, auditLine, organisation as shape } from "../shapes/administration";
import { done } from "../shapes/group";
import { choiceWith, loud, quiet, viewOfChoice } from "../shapes/notice";

type Row = Awaited<ReturnType<typeof getOrganisation>>;

const view = (row: Row) => ({
  ...{ id: row.id, handle: row.handle, name: row.name, locale: row.locale, time_zone: row.timeZone },
  ...{ region: row.region, colour: row.colour, logo_url: logoAddress(row), auto_away_minutes: row.autoAwayMinutes },
  ...{ hours: row.hours, hours_text: row.hoursText },
  ...{ closing_reasons: row.closingReasons, closing_list: row.closingList },
  ...{ widget_sites: row.widgetSites, notices: viewOfChoice(row.noticeChoice ?? ALL_LOUD) },
});
const text = z.string().max(2_000);
const lines = z.array(text).max(200).nullable().optional();

export const organisation = [
  endpoint({
    method: "GET",
    path: "/organisation",
    name: "getOrganisation",
    summary: "The organisation of the token, with its settings.",
    access: "member",
    scope: "organisation:read",
    answer: shape,
    handle: async ({ actor, orgId }) => ({
      data: view(await transact(actor, { orgId }, (ctx) => readOrganisation(ctx, orgId))),
    }),
  }),
  endpoint({
    method: "PATCH",
    path: "/organisation",
    name: "updateOrganisation",
    summary: "Change the organisation's settings; what is not named stays as it is. For admins.",
    access: "member",
    scope: "organisation:write",
    body: z.strictObject({
      name: text.optional(),
      locale: organisationChange.shape.locale,
      time_zone: text.optional(),
      region: text.optional(),
      colour: text.nullable().optional(),
      auto_away_minutes: z.int().nullable().optional(),
      hours: organisationChange.shape.hours,
      hours_text: text.nullable().optional(),
      closing_reasons: lines,
      closing_list: lines,
      widget_sites: z.array(text).max(100).optional(),
      notices: z.strictObject({ loud: loud.max(20).optional(), quiet: quiet.optional() }).optional(),
    }),
    answer: shape,
    refusals: {
      422: [
        ...(["invalid", "name_malformed", "text_too_long", "time_zone_unknown", "colour_malformed"] as const),
        ...(["colour_too_light", "out_of_range", "too_many_lines", "site_malformed", "hours_malformed"] as const),
      ],
    },
    handle: async ({ actor, orgId, body }) => {
      const change = {
        ...{ name: body.name, locale: body.locale, timeZone: body.time_zone, region: body.region },
        ...{ colour: body.colour, autoAwayMinutes: body.auto_away_minutes },
        ...{ hours: body.hours, hoursText: body.hours_text },
        ...{ closingReasons: body.closing_reasons, closingList: body.closing_list, widgetSites: body.widget_sites },
      };
      const changed = await transact(actor, { orgId }, async (ctx) => {
        const { noticeChoice } = await getOrganisation(ctx, orgId);
        const notices = body.notices && { noticeChoice: choiceWith(noticeChoice ?? ALL_LOUD, body.notices) };
        await updateOrganisation(ctx, { orgId, change: { ...change, ...notices } });
        return getOrganisation(ctx, orgId);
      });
      return { data: view(changed) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/tokens",
    name: "listTokens",
    summary: "The organisation's API tokens that live, without their secrets. For admins.",
    access: "member",
    scope: "tokens:read",
    answer: z.array(apiToken),
    handle: async ({ actor, orgId }) => {
      const tokens = await transact(actor, { orgId }, (ctx) => listTokens(ctx, orgId));
      const data = tokens.map(({ id, name, scopes, ...one }) => ({
        ...{ id, name, scopes, member: { id: one.memberId, name: one.memberName } },
        last_used_at: one.lastUsedAt?.toISOString() ?? null,
        created_at: one.createdAt.toISOString(),
      }));
      return { data, nextCursor: null };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/tokens/:id",
    name: "revokeToken",
    summary: "End an API token of the organisation at once. For admins.",
    access: "member",
    scope: "tokens:write",
    answer: done,
    handle: async ({ actor, orgId, params }) => {
      await transact(actor, { orgId }, (ctx) => revokeToken(ctx, { orgId, tokenId: params.id ?? "" }));
      return { data: { done: true as const } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/audit",
    name: "listAudit",
    summary: "Who changed what in the administration, the newest first. For admins.",
    access: "member",
    scope: "audit:read",
    query: z.object({
      ...paging,
      action: z.string().max(80).describe("Of one kind, such as `area.changed`").optional(),
      member: z.uuid().describe("What one member did").optional(),
    }),
    answer: z.array(auditLine),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, orgId, query }) => {
      const { member: memberId, ...rest } = query;
      const page = await transact(actor, { orgId }, (ctx) => listAudit(ctx, { orgId, memberId, ...rest }));
      const data = page.entries.map(({ id, action, before, after, ...one }) => ({
        ...{ id, action, before, after, created_at: one.createdAt.toISOString() },
        actor: { kind: one.actorKind, id: one.actorId, name: one.actorName },
        subject: { id: one.subjectId, name: one.subjectName },
      }));
      return { data, nextCursor: page.nextCursor };
    },
  }),
];
