import { z } from "zod";
import type { Secret } from "~/modules/bots";
import { changeSecret, createSecret, deleteSecret, listSecrets } from "~/modules/bots/index.server";
import { transact } from "~/platform/transact.server";
import { endpoint } from "../../endpoint";
import { botSecret } from "../../shapes/administration/knowledge";
import { done } from "../../shapes/group";

const value = z.string().max(10_000).describe("4 to 2,000 signs of ASCII; never told again");
const hosts = z.array(z.string().max(300)).max(100).describe("1 to 20 servers by name, such as api.example.com");
const wrong = ["secret_value_invalid", "secret_hosts_invalid"];

const view = ({ updatedAt, ...secret }: Secret) => ({ ...secret, updated_at: updatedAt });

export const secrets = [
  endpoint({
    method: "GET",
    path: "/secrets",
    name: "listSecrets",
    summary: "The names of the keys that bots send to other servers, and which servers. For admins.",
    access: "member",
    scope: "flows:write",
    answer: z.array(botSecret),
    handle: async ({ actor, orgId }) => ({
      data: (await transact(actor, { orgId }, (ctx) => listSecrets(ctx, orgId))).map(view),
      nextCursor: null,
    }),
  }),
  endpoint({
    method: "POST",
    path: "/secrets",
    name: "createSecret",
    summary: "Keep a key that HTTP nodes may send to these servers. For admins.",
    access: "member",
    scope: "flows:write",
    body: z.strictObject({
      name: z.string().max(200).describe("Small letters, digits and _, a letter first; at most 40"),
      ...{ value, hosts },
    }),
    answer: botSecret,
    statuses: [201],
    refusals: { 409: ["secret_taken", "too_many_secrets"], 422: ["secret_name_invalid", ...wrong] },
    handle: async ({ actor, orgId, body, onceId }) => ({
      status: 201,
      data: view(await transact(actor, { orgId }, (ctx) => createSecret(ctx, orgId, body, onceId))),
    }),
  }),
  endpoint({
    method: "PATCH",
    path: "/secrets/:id",
    name: "updateSecret",
    summary: "Replace a key's value or its servers; another server needs the value again. For admins.",
    access: "member",
    scope: "flows:write",
    body: z.strictObject({ value: value.optional(), hosts: hosts.optional() }),
    answer: botSecret,
    refusals: { 422: [...wrong, "secret_value_needed"] },
    handle: async ({ actor, orgId, params, body: change }) => {
      const input = { orgId, secretId: params.id ?? "", change };
      return { data: view(await transact(actor, { orgId }, (ctx) => changeSecret(ctx, input))) };
    },
  }),
  endpoint({
    method: "DELETE",
    path: "/secrets/:id",
    name: "deleteSecret",
    summary: "Forget a key: steps that name it fail from then on. For admins.",
    access: "member",
    scope: "flows:write",
    answer: done,
    handle: async ({ actor, orgId, params }) => {
      await transact(actor, { orgId }, (ctx) => deleteSecret(ctx, orgId, params.id ?? ""));
      return { data: { done: true as const } };
    },
  }),
];
