import { z } from "zod";
import { lintRows } from "~/modules/bots";
import {
  archiveFlow,
  checkFlow,
  type FlowProblems,
  type FlowRead,
  listFlows,
  listVersions,
  publishFlow,
  readFlow,
  readVersion,
  rollBack,
  saveDraft,
  takeFlow,
} from "~/modules/bots/index.server";
import { endpoint } from "../../endpoint";
import {
  flowListed,
  flowProblem,
  flowPublished,
  flowSaved,
  flowVersion,
  flowVersionRead,
  flow as shape,
} from "../../shapes/administration/flow";
import { done } from "../../shapes/group";

const draft = z
  .record(z.string(), z.unknown())
  .describe("A flow's JSON; its nodes' settings may still be incomplete, its form may not");
const revision = z.int().min(1).describe("The draft's revision that this is based on");

const view = ({ publishedVersionId, createdAt, updatedAt, ...rest }: FlowRead) => ({
  ...rest,
  draft: { ...rest.draft },
  ...{ published_version_id: publishedVersionId, created_at: createdAt, updated_at: updatedAt },
});

/** `bots.problems.too_short` of `settings.texts` as programs read it. */
const inShort = ({ path, message }: FlowProblems["incomplete"][number]): string =>
  [path.join("."), message.key.slice(message.key.lastIndexOf(".") + 1)].filter(Boolean).join(": ");

const problemsOf = ({ incomplete, problems }: FlowProblems) => [
  ...incomplete.map((problem) => ({
    ...{ rule: "incomplete", severity: "error" as const, node: problem.node, message: inShort(problem) },
  })),
  ...lintRows(problems),
];

export const flows = [
  endpoint({
    method: "GET",
    path: "/flows",
    name: "listFlows",
    summary: "The organisation's flows by name, those out of use last. For admins.",
    access: "member",
    scope: "flows:read",
    answer: z.array(flowListed),
    handle: async ({ actor, orgId }) => {
      const found = await listFlows(actor, orgId);
      const data = found.map(({ channels, ...row }) => ({ ...row, channel_ids: channels.map(({ id }) => id) }));
      return { data, nextCursor: null };
    },
  }),
  endpoint({
    method: "POST",
    path: "/flows",
    name: "createFlow",
    summary: "Keep a flow as a draft; publishing it is another call. For admins.",
    access: "member",
    scope: "flows:write",
    body: z.strictObject({ draft }),
    answer: flowSaved,
    statuses: [201],
    refusals: { 422: ["flow_unreadable", "too_many_flows"] },
    handle: async ({ actor, orgId, body, onceId }) => ({
      status: 201,
      data: await takeFlow(actor, orgId, { draft: body.draft, onceId }),
    }),
  }),
  endpoint({
    method: "GET",
    path: "/flows/:id",
    name: "getFlow",
    summary: "A flow with its draft. For admins.",
    access: "member",
    scope: "flows:read",
    answer: shape,
    handle: async ({ actor, orgId, params }) => ({ data: view(await readFlow(actor, orgId, params.id ?? "")) }),
  }),
  endpoint({
    method: "PATCH",
    path: "/flows/:id",
    name: "saveFlow",
    summary: "Put another draft in the place of the one of this revision. For admins.",
    access: "member",
    scope: "flows:write",
    body: z.strictObject({ revision, draft }),
    answer: flowSaved,
    refusals: { 409: ["flow_changed"], 422: ["flow_unreadable"] },
    handle: async ({ actor, orgId, params: { id = "" }, body }) => ({
      data: { id, ...(await saveDraft(actor, orgId, id, body)) },
    }),
  }),
  endpoint({
    method: "DELETE",
    path: "/flows/:id",
    name: "archiveFlow",
    summary: "Put a flow out of use: it begins no more runs, those under way go on. For admins.",
    access: "member",
    scope: "flows:write",
    answer: done,
    handle: async ({ actor, orgId, params }) => {
      await archiveFlow(actor, orgId, params.id ?? "");
      return { data: { done: true as const } };
    },
  }),
  endpoint({
    method: "POST",
    path: "/flows/:id/publish",
    name: "publishFlow",
    summary: "Make the draft of this revision the next numbered version, unless something in it is wrong. For admins.",
    access: "member",
    scope: "flows:write",
    body: z.strictObject({ revision, name: z.string().max(100).default("").describe("What people call it") }),
    answer: flowPublished,
    statuses: [201],
    refusals: { 409: ["flow_changed"], 422: ["flow_has_problems", "version_name_invalid"] },
    handle: async ({ actor, orgId, params, body, onceId }) => {
      const { versionId, number } = await publishFlow(actor, orgId, params.id ?? "", { ...body, onceId });
      return { status: 201, data: { id: versionId, number } };
    },
  }),
  endpoint({
    method: "GET",
    path: "/flows/:id/problems",
    name: "lintFlow",
    summary: "What the linter finds in the draft, by what the organisation has. For admins.",
    access: "member",
    scope: "flows:read",
    answer: z.array(flowProblem),
    handle: async ({ actor, orgId, params }) => ({
      data: problemsOf(await checkFlow(actor, orgId, params.id ?? "")),
      nextCursor: null,
    }),
  }),
  endpoint({
    method: "GET",
    path: "/flows/:id/versions",
    name: "listFlowVersions",
    summary: "The published states of a flow, the newest first. For admins.",
    access: "member",
    scope: "flows:read",
    answer: z.array(flowVersion),
    handle: async ({ actor, orgId, params }) => {
      const found = await listVersions(actor, orgId, params.id ?? "");
      return { data: found.map(({ isPublished, ...row }) => ({ ...row, published: isPublished })), nextCursor: null };
    },
  }),
  endpoint({
    method: "GET",
    path: "/flows/:id/versions/:version",
    name: "getFlowVersion",
    summary: "What a version says. For admins.",
    access: "member",
    scope: "flows:read",
    answer: flowVersionRead,
    refusals: { 422: ["flow_version_unreadable"] },
    handle: async ({ actor, orgId, params }) => {
      const { number, name, flow } = await readVersion(actor, orgId, params.id ?? "", params.version ?? "");
      return { data: { number, name, definition: { ...flow } } };
    },
  }),
  endpoint({
    method: "POST",
    path: "/flows/:id/versions/:version/roll-back",
    name: "rollBackFlow",
    summary: "Let an earlier version run again, as a new number, and become the draft. For admins.",
    access: "member",
    scope: "flows:write",
    answer: flowPublished,
    statuses: [201],
    refusals: { 422: ["flow_version_unreadable"] },
    handle: async ({ actor, orgId, params, onceId }) => {
      const { id = "", version = "" } = params;
      const { versionId, number } = await rollBack(actor, orgId, id, version, onceId);
      return { status: 201, data: { id: versionId, number } };
    },
  }),
];
