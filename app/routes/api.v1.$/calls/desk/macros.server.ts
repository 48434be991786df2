import { z } from "zod";
import { LONGEST_MACRO_NAME, MACRO_SCOPES, type Macro } from "~/modules/desk";
import { createMacro, deleteMacro, listMacros, macroSteps, runMacro, updateMacro } from "~/modules/desk/index.server";
import { endpoint } from "../../endpoint";
import { macro } from "../../shapes/macro.server";
import { ticket } from "../../shapes/ticket";

const draft = { name: z.string().min(1).max(LONGEST_MACRO_NAME), steps: macroSteps };
const refused = [
  "macro_name_invalid",
  "steps_invalid",
  "close_comes_last",
  "variable_unknown",
  "area_unknown",
  "assignee_unknown",
];

const view = ({ updatedAt, mayEdit, ...rest }: Macro) => ({ ...rest, updated_at: updatedAt, can: { edit: mayEdit } });

export const macros = [
  endpoint({
    method: "GET",
    path: "/macros",
    name: "listMacros",
    summary: "The macros that the token's member may run: their own, and everybody's.",
    access: "member",
    scope: "macros:read",
    answer: z.array(macro),
    handle: async ({ actor, orgId }) => ({ data: (await listMacros(actor, orgId)).map(view), nextCursor: null }),
  }),
  endpoint({
    method: "POST",
    path: "/macros",
    name: "createMacro",
    summary: "Keep several deeds with a ticket under a name: for oneself, or, by an admin, for everybody.",
    access: "member",
    scope: "macros:write",
    body: z.strictObject({ scope: z.enum(MACRO_SCOPES), ...draft }),
    answer: macro,
    statuses: [201],
    refusals: { 409: ["macro_name_taken", "too_many_macros"], 422: refused },
    handle: async ({ actor, orgId, body, onceId }) => ({
      status: 201,
      data: view(await createMacro(actor, orgId, body, onceId)),
    }),
  }),
  endpoint({
    method: "PATCH",
    path: "/macros/:id",
    name: "updateMacro",
    summary: "Rename a macro or give it other steps. What is not named stays.",
    access: "member",
    scope: "macros:write",
    body: z.strictObject(draft).partial(),
    answer: macro,
    refusals: { 409: ["macro_name_taken"], 422: refused },
    handle: async ({ actor, orgId, params, body }) => ({
      data: view(await updateMacro(actor, orgId, params.id ?? "", body)),
    }),
  }),
  endpoint({
    method: "DELETE",
    path: "/macros/:id",
    name: "deleteMacro",
    summary: "Forget a macro; the answer says what it was.",
    access: "member",
    scope: "macros:write",
    answer: macro,
    handle: async ({ actor, orgId, params }) => ({ data: view(await deleteMacro(actor, orgId, params.id ?? "")) }),
  }),
  endpoint({
    method: "POST",
    path: "/tickets/:id/macros/:macro",
    name: "runMacro",
    summary:
      "Do with a ticket what a macro says: all of it, or nothing. Each step asks for its own right; a refusal says which step it was in `data.step`, from 1. Replies to the customer need `messages:write` too.",
    access: "member",
    scope: "tickets:write",
    body: z
      .strictObject({
        based_on_seq: z
          .int()
          .min(0)
          .describe("The last message that you had read; a colleague's reply since then is `unseen_messages`")
          .optional(),
      })
      .default({}),
    answer: ticket,
    refusals: {
      409: ["ticket_closed", "already_claimed", "unseen_messages", "transition_not_allowed"],
      422: [
        "variable_empty",
        "steps_invalid",
        "area_unknown",
        "assignee_unknown",
        "assignee_not_in_area",
        "reply_not_allowed",
      ],
    },
    handle: async ({ actor, orgId, params, body, onceId }) => {
      const seen = { basedOnSeq: body.based_on_seq, onceId };
      const { after } = await runMacro(actor, orgId, params.macro ?? "", params.id ?? "", seen);
      return { data: after };
    },
  }),
];
