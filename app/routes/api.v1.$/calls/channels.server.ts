import { z } from "zod";
import { CHANNEL_KINDS } from "~/modules/channels";
import {
  addChannel,
  disableChannel,
  getChannelHealth,
  listChannels,
  updateChannel,
} from "~/modules/channels/index.server";
import { endpoint } from "../endpoint";
import { channelHealth, channel as shape } from "../shapes/channel";

const name = z.string().max(80);
const settings = z.record(z.string(), z.unknown());
const reopenHours = z
  .int()
  .min(0)
  .max(168)
  .describe("For so long after its closing a ticket is opened again by its customer");
const refused = ["area_unknown", "flow_unknown", "settings_invalid"] as const;

export const channels = [
  endpoint({
    method: "GET",
    path: "/channels",
    name: "listChannels",
    summary: "The organisation's channels that are in use. For admins.",
    access: "member",
    scope: "channels:read",
    answer: z.array(shape),
    handle: async ({ actor, orgId }) => ({ data: await listChannels(actor, orgId), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/channels",
    name: "createChannel",
    summary: "Store a channel, without calling its provider. For admins.",
    access: "member",
    scope: "channels:write",
    body: z.strictObject({
      kind: z.enum(CHANNEL_KINDS),
      name: name.optional(),
      settings: settings
        .default({})
        .describe("Of Meta's kinds: the account's ids and secrets, which are never told again"),
      area_id: z.uuid().describe("Where its tickets begin; the first area unless said").optional(),
      flow_id: z
        .uuid()
        .nullable()
        .describe("Who answers first; null for people; the published flow unless said")
        .optional(),
    }),
    answer: shape,
    statuses: [201],
    refusals: { 409: ["account_taken"], 422: refused },
    handle: async ({ actor, orgId, body, onceId }) => {
      const { area_id: areaId, flow_id: flowId, ...rest } = body;
      return { status: 201, data: await addChannel(actor, { ...rest, id: onceId, orgId, areaId, flowId }) };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/channels/:id",
    name: "updateChannel",
    summary: "Change a channel's name, area, flow or secrets; what is not named stays as it is. For admins.",
    access: "member",
    scope: "channels:write",
    body: z.strictObject({
      name: name.min(1).optional(),
      area_id: z.uuid().optional(),
      flow_id: z.uuid().nullable().optional(),
      reopen_hours: reopenHours.optional(),
      settings: settings.describe("What changes of the settings; null takes one away").optional(),
    }),
    answer: shape,
    refusals: { 409: ["account_taken"], 422: [...refused, "account_fixed", "channel_disabled"] },
    handle: async ({ actor, orgId, params, body }) => {
      const { area_id: areaId, flow_id: flowId, reopen_hours, ...rest } = body;
      const patch = { ...rest, areaId, flowId, reopenHours: reopen_hours };
      return { data: await updateChannel(actor, orgId, params.id ?? "", patch) };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/channels/:id",
    name: "disableChannel",
    summary: "End a channel: nothing comes in or leaves by it any more. Its messages and tickets stay. For admins.",
    access: "member",
    scope: "channels:write",
    answer: shape,
    handle: async ({ actor, orgId, params }) => ({ data: await disableChannel(actor, orgId, params.id ?? "") }),
  }),
  endpoint({
    method: "GET",
    path: "/channels/:id/health",
    name: "getChannelHealth",
    summary: "Whether a channel lives: what came last, what waits, what was left out. For admins.",
    access: "member",
    scope: "channels:read",
    answer: channelHealth,
    handle: async ({ actor, orgId, params }) => ({ data: await getChannelHealth(actor, orgId, params.id ?? "") }),
  }),
];
