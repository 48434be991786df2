import { z } from "zod";
import { type CannedReply, LONGEST_REPLY, LONGEST_REPLY_TITLE, LONGEST_SHORTCUT, REPLY_SCOPES } from "~/modules/desk";
import { createReply, deleteReply, listReplies, updateReply } from "~/modules/desk/index.server";
import { endpoint } from "../endpoint";
import { cannedReply } from "../shapes/canned-reply";

const draft = {
  shortcut: z.string().min(1).max(LONGEST_SHORTCUT).describe("Lower case letters, digits and `-`; unique in its scope"),
  title: z.string().min(1).max(LONGEST_REPLY_TITLE),
  text: z.string().min(1).max(LONGEST_REPLY),
};
const refused = ["shortcut_invalid", "reply_title_invalid", "reply_text_invalid"];

const view = ({ updatedAt, mayEdit, ...reply }: CannedReply) => ({
  ...reply,
  updated_at: updatedAt,
  can: { edit: mayEdit },
});

export const cannedReplies = [
  endpoint({
    method: "GET",
    path: "/canned-replies",
    name: "listCannedReplies",
    summary: "The canned replies that the token's member may use: their own, their areas', and everybody's.",
    access: "member",
    scope: "canned_replies:read",
    answer: z.array(cannedReply),
    handle: async ({ actor, orgId }) => ({ data: (await listReplies(actor, orgId)).map(view), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/canned-replies",
    name: "createCannedReply",
    summary: "Keep a text for sending it often: for oneself, for an area of one's own, or, by an admin, for everybody.",
    access: "member",
    scope: "canned_replies:write",
    body: z.strictObject({
      scope: z.enum(REPLY_SCOPES),
      area_id: z.uuid().nullable().optional().describe("Needed where `scope` is `area`"),
      ...draft,
    }),
    answer: cannedReply,
    statuses: [201],
    refusals: { 409: ["shortcut_taken", "too_many_replies"], 422: refused },
    handle: async ({ actor, orgId, body, onceId }) => {
      const { area_id: areaId, ...rest } = body;
      return { status: 201, data: view(await createReply(actor, orgId, { ...rest, areaId }, onceId)) };
    },
  }),
  endpoint({
    method: "PATCH",
    path: "/canned-replies/:id",
    name: "updateCannedReply",
    summary: "Change a canned reply. What is not named stays.",
    access: "member",
    scope: "canned_replies:write",
    body: z.strictObject(draft).partial(),
    answer: cannedReply,
    refusals: { 409: ["shortcut_taken"], 422: refused },
    handle: async ({ actor, orgId, params, body }) => ({
      data: view(await updateReply(actor, orgId, params.id ?? "", body)),
    }),
  }),
  endpoint({
    method: "DELETE",
    path: "/canned-replies/:id",
    name: "deleteCannedReply",
    summary: "Forget a canned reply; the answer says what it was.",
    access: "member",
    scope: "canned_replies:write",
    answer: cannedReply,
    handle: async ({ actor, orgId, params }) => ({ data: view(await deleteReply(actor, orgId, params.id ?? "")) }),
  }),
];
