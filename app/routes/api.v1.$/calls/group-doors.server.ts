import { z } from "zod";
import { REPORT_REASONS } from "~/modules/chats";
import {
  answerJoinRequest,
  createGroupInvite,
  joinByInvite,
  listGroupInvites,
  listJoinRequests,
  reportChat,
  revokeGroupInvite,
} from "~/modules/chats/index.server";
import { endpoint } from "../endpoint";
import { done, groupInvite, joining, joinRequest, madeInvite } from "../shapes/group";
import { accountOf } from "./groups.server";

const isDone = { data: { done: true as const } };

/** How people come into groups, and what they say of what goes wrong in them. */
export const groupDoors = [
  endpoint({
    method: "GET",
    path: "/groups/:id/invites",
    name: "listGroupInvites",
    summary: "A group's links that still let people in, the newest first. For its admins.",
    access: "member",
    scope: "messages:read",
    answer: z.array(groupInvite),
    handle: async ({ actor, params }) => {
      const invites = await listGroupInvites(accountOf(actor), params.id ?? "");
      const data = invites.map(({ id, asks, madeBy, createdAt, expiresAt }) => ({
        ...{ id, asks },
        made_by: madeBy,
        created_at: createdAt,
        expires_at: expiresAt,
      }));
      return { data, nextCursor: null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/groups/:id/invites",
    name: "createGroupInvite",
    summary: "Make a link by which members of the organisation come into a group. For its admins.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({
      days: z.literal([1, 7, 30]).nullable().describe("How long it holds; null: until it is taken back").default(7),
      asks: z.boolean().describe("Whether an admin decides about each who comes by it").default(false),
    }),
    answer: madeInvite,
    statuses: [201],
    refusals: { 409: ["too_many_invitations"] },
    handle: async ({ actor, params, body }) => {
      const { id, link, asks, expiresAt } = await createGroupInvite(accountOf(actor), params.id ?? "", body);
      return { status: 201, data: { id, link, asks, expires_at: expiresAt } };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/groups/:id/invites/:invite",
    name: "revokeGroupInvite",
    summary: "Take a link back. For the group's admins.",
    access: "member",
    scope: "messages:write",
    answer: done,
    handle: async ({ actor, params }) => {
      await revokeGroupInvite(accountOf(actor), params.id ?? "", params.invite ?? "");
      return isDone;
    },
  }),
  endpoint({
    method: "POST",
    path: "/groups/join",
    name: "joinGroup",
    summary: "Come into a group by the secret of a link (what stands after `/join/`), or ask to; again is no harm.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({ token: z.string().max(100) }),
    answer: joining,
    refusals: { 409: ["too_many_join_requests"], 422: ["group_too_large"] },
    handle: async ({ actor, address, body }) => {
      const { conversationId, state } = await joinByInvite(accountOf(actor), body.token, address);
      return { data: { conversation_id: conversationId, state } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/groups/:id/requests",
    name: "listJoinRequests",
    summary: "Who asks to be let into a group, who came first in front. For its admins.",
    access: "member",
    scope: "messages:read",
    answer: z.array(joinRequest),
    handle: async ({ actor, params }) => {
      const requests = await listJoinRequests(accountOf(actor), params.id ?? "");
      return { data: requests.map(({ id, name, askedAt }) => ({ id, name, asked_at: askedAt })), nextCursor: null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/groups/:id/requests",
    name: "answerJoinRequest",
    summary: "Let an account in that asks, or not. For the group's admins.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({ account_id: z.uuid(), accept: z.boolean() }),
    answer: done,
    refusals: { 422: ["people_unknown", "group_too_large"] },
    handle: async ({ actor, params, body }) => {
      const answer = { accountId: body.account_id, accept: body.accept };
      await answerJoinRequest(accountOf(actor), params.id ?? "", answer);
      return isDone;
    },
  }),
  endpoint({
    method: "POST",
    path: "/groups/:id/report",
    name: "reportGroup",
    summary:
      "Tell whoever runs the installation that something in a group, or a message of it, is wrong; with `block`, also hear " +
      "no more of the message's author. The last ten messages are kept with it.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({
      reason: z.enum(REPORT_REASONS),
      note: z.string().max(1_000).default(""),
      message_id: z.uuid().nullable().default(null),
      block: z.boolean().default(false),
    }),
    answer: done,
    handle: async ({ actor, params, body }) => {
      const { message_id: messageId, ...words } = body;
      await reportChat(accountOf(actor), { conversationId: params.id ?? "", messageId, ...words });
      return isDone;
    },
  }),
];
