import { z } from "zod";
import { CHANNEL_KINDS } from "~/modules/channels";
import { addChannel, getChannelHealth, listChannels } from "~/modules/channels/index.server";
import { endpoint } from "./endpoint";

export const channels = [
  endpoint({
    method: "GET",
    path: "/channels",
    access: "member",
    handle: async ({ actor, orgId }) => ({ data: await listChannels(actor, orgId), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/channels",
    access: "member",
    body: z.strictObject({
      kind: z.enum(CHANNEL_KINDS),
      name: z.string().max(80).optional(),
      settings: z.record(z.string(), z.unknown()).default({}),
      area_id: z.uuid().optional(),
      flow_id: z.uuid().nullable().optional(),
    }),
    handle: async ({ actor, orgId, body }) => {
      const { area_id: areaId, flow_id: flowId, ...rest } = body;
      return { status: 201, data: await addChannel(actor, { ...rest, orgId, areaId, flowId }) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/channels/:id/health",
    access: "member",
    handle: async ({ actor, orgId, params }) => ({ data: await getChannelHealth(actor, orgId, params.id ?? "") }),
  }),
];
