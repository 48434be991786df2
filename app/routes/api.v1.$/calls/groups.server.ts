import { z } from "zod";
import type { AccountActor, Actor } from "~/modules/accounts";
import { pictureAddress } from "~/modules/chats";
import {
  addToGroup,
  type ChatDetails,
  createGroup,
  getChat,
  listChats,
  listPeople,
  renameGroup,
  setGroupPicture,
} from "~/modules/chats/index.server";
import { notFound } from "~/platform/errors";
import { endpoint } from "../endpoint";
import { paging } from "../paging";
import { done, group, groupPerson } from "../shapes/group";

/** Groups are accounts' alone. @throws AppError 404 for who is none */
export function accountOf(actor: Actor): AccountActor {
  if (actor.kind !== "account") throw notFound("group");
  return actor;
}

const shown = (chat: ChatDetails) => ({
  id: chat.id,
  title: chat.title,
  picture_url: pictureAddress(chat.pictureId),
  people_count: chat.peopleCount,
  role: roleOf(chat.role),
  asking: chat.asking,
});
const roleOf = (role: string): "owner" | "admin" | "member" => (role === "owner" || role === "admin" ? role : "member");

async function groupOf(given: Actor, id: string) {
  const chat = await getChat(accountOf(given), id);
  if (chat.kind === "direct") throw notFound("group");
  return shown(chat);
}

const title = z.string().max(80);
const accountIds = z.array(z.uuid()).max(1_000).describe("Accounts of members of the organisation");

export const groups = [
  endpoint({
    method: "GET",
    path: "/groups",
    name: "listGroups",
    summary: "The groups of the organisation in which the token's member takes part.",
    access: "member",
    scope: "messages:read",
    answer: z.array(z.object({ id: z.uuid(), title: z.string(), picture_url: z.string().nullable() })),
    handle: async ({ actor, orgId }) => {
      const chats = (await listChats(accountOf(actor))).filter((chat) => chat.kind === "org_group");
      const own = chats.filter((chat) => chat.orgId === orgId).sort((a, b) => (a.id < b.id ? 1 : -1));
      const data = own.map((one) => ({ id: one.id, title: one.title, picture_url: pictureAddress(one.pictureId) }));
      return { data, nextCursor: null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/groups",
    name: "createGroup",
    summary: "Make a group of the organisation, whose owner is the token's member.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({ title, account_ids: accountIds.default([]) }),
    answer: group,
    statuses: [201],
    refusals: { 422: ["title_empty", "title_too_long", "people_unknown", "group_too_large"] },
    handle: async ({ actor, orgId, body }) => {
      const id = await createGroup(accountOf(actor), { title: body.title, accountIds: body.account_ids, orgId });
      return { status: 201, data: await groupOf(actor, id) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/groups/:id",
    name: "getGroup",
    summary: "One group.",
    access: "member",
    scope: "messages:read",
    answer: group,
    handle: async ({ actor, params }) => ({ data: await groupOf(actor, params.id ?? "") }),
  }),
  endpoint({
    method: "PATCH",
    path: "/groups/:id",
    name: "updateGroup",
    summary: "Give a group another name, or another picture: a file that the caller uploaded for it, or null for none.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({ title: title.optional(), picture_id: z.uuid().nullable().optional() }),
    answer: group,
    refusals: {
      409: ["attachment_pending", "attachment_used"],
      422: ["title_empty", "title_too_long", "picture_unreadable"],
    },
    handle: async ({ actor, params, body }) => {
      const id = params.id ?? "";
      await groupOf(actor, id);
      if (body.picture_id !== undefined) await setGroupPicture(accountOf(actor), id, body.picture_id);
      if (body.title !== undefined) await renameGroup(accountOf(actor), id, body.title);
      return { data: await groupOf(actor, id) };
    },
  }),
  endpoint({
    method: "GET",
    path: "/groups/:id/people",
    name: "listGroupPeople",
    summary: "Who takes part in a group, the owner and the admins first.",
    access: "member",
    scope: "messages:read",
    query: z.object({ ...paging, q: z.string().max(80).describe("Part of a name").optional() }),
    answer: z.array(groupPerson),
    refusals: { 422: ["cursor_invalid"] },
    handle: async ({ actor, params, query }) => {
      await groupOf(actor, params.id ?? "");
      const { people, nextCursor } = await listPeople(accountOf(actor), params.id ?? "", query);
      return { data: people.map(({ id, name, role }) => ({ id, name, role: roleOf(role) })), nextCursor };
    },
  }),
  endpoint({
    method: "POST",
    path: "/groups/:id/people",
    name: "addGroupPeople",
    summary: "Put members of the organisation into a group; who is in it already stays.",
    access: "member",
    scope: "messages:write",
    body: z.strictObject({ account_ids: accountIds }),
    answer: done,
    refusals: { 422: ["people_unknown", "group_too_large"] },
    handle: async ({ actor, params, body }) => {
      await addToGroup(accountOf(actor), params.id ?? "", body.account_ids);
      return { data: { done: true as const } };
    },
  }),
];
