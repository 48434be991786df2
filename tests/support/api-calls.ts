import { randomInt, randomUUID } from "node:crypto";
import { welcomeFlow } from "../../app/modules/bots/starters/welcome";
import { answerCall } from "../../app/routes/api.v1.$/answer-call.server";
import { ENDPOINTS } from "../../app/routes/api.v1.$/endpoints.server";
import { apiDocument } from "../../app/routes/api.v1.$/openapi/api-document";
import type { FullWorld } from "./full-world";

export type Schema = {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  anyOf?: Schema[];
  minimum?: number;
  maxLength?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
};

export type Operation = {
  /** `POST /tickets/{id}/claim` */
  name: string;
  id: string;
  method: string;
  path: string;
  security: { bearer: string[] }[];
  query: { name: string; schema: Schema }[];
  /** What its body is made of; undefined when it takes none. */
  body?: Schema;
  responses: Record<string, unknown>;
};

type Described = {
  operationId: string;
  security: Operation["security"];
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: { "application/json": { schema: Schema } } };
  responses: Record<string, unknown>;
};

export const DOCUMENT = apiDocument(ENDPOINTS) as {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, object> };
};

/** Every call that the API's document tells of. */
export const OPERATIONS: readonly Operation[] = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({
    name: `${method.toUpperCase()} ${path}`,
    id: described.operationId,
    method: method.toUpperCase(),
    path,
    security: described.security,
    query: (described.parameters ?? []).filter((parameter) => parameter.in === "query"),
    body: described.requestBody?.content["application/json"].schema,
    responses: described.responses,
  })),
);

export const named = (operations: readonly Operation[]) => operations.map((one) => [one.name, one] as const);
export const fieldsOf = ({ body }: Operation): [string, Schema][] => Object.entries(body?.properties ?? {});
export const isId = ({ format, anyOf }: Schema): boolean => format === "uuid" || Boolean(anyOf?.some(isId));

type World = Pick<FullWorld, "handle" | "tickets" | "whatsapp" | "ids">;

/** The thing of a world that a call's address names. */
export function idFor(operation: Operation, world: World): string {
  const [, kind] = operation.path.split("/");
  if (kind === "tickets") return world.tickets.open;
  if (operation.id === "getSharedTicket") return world.ids.card;
  if (kind === "macros") return world.ids.macro;
  if (kind === "canned-replies") return world.ids.reply;
  if (kind === "views") return world.ids.view;
  if (kind === "channels") return world.whatsapp.channelId;
  if (kind === "messages") return world.ids.message;
  if (kind === "groups") return world.ids.group;
  if (kind === "contacts") return world.ids.contact;
  if (kind === "areas") return world.ids.area;
  if (kind === "members") return world.ids.member;
  if (kind === "invitations") return world.ids.invitation;
  if (kind === "tokens") return world.ids.token;
  if (kind === "holidays") return world.ids.holiday;
  if (kind === "custom-fields") return world.ids.field;
  if (kind === "tags") return world.ids.tag;
  if (kind === "flows") return world.ids.flow;
  if (kind === "answers") return world.ids.answer;
  if (kind === "secrets") return world.ids.key;
  if (kind === "webhooks") return world.ids.webhook;
  if (kind === "scheduled-messages") return world.ids.scheduled;
  return world.ids.conversation;
}

export const addressOf = (operation: Operation, world: World, id = idFor(operation, world)) =>
  operation.path
    .replace("{id}", id)
    .replace("{handle}", world.handle)
    .replace("{name}", "volume")
    .replace("{macro}", world.ids.macro)
    .replace("{version}", world.ids.flowVersion)
    .replace("{delivery}", world.ids.delivery)
    .replace("{invite}", world.ids.invite);

/** The id of a world's own that fits a field or parameter; a new one of these fails here until it is said. */
export function worldId(name: string, { ids, tickets }: Pick<FullWorld, "ids" | "tickets">): string {
  const known: Record<string, string> = {
    area_id: ids.area,
    area: ids.area,
    overflow_area_id: ids.area,
    channel: ids.channel,
    assignee_id: ids.member,
    assignee: ids.member,
    member: ids.member,
    contact: ids.contact,
    kept_contact_id: ids.contact,
    merged_contact_id: ids.otherContact,
    merge_id: ids.merge,
    flow_id: ids.flow,
    ticket: tickets.open,
    reply_to: ids.message,
    message_id: ids.message,
    picture_id: ids.file,
    account_id: ids.asking,
    into_id: ids.otherTag,
    webhook: ids.webhook,
    client_id: randomUUID(),
  };
  const id = known[name];
  if (!id) throw new Error(`say which id of a world "${name}" is`);
  return id;
}

const dayOf = (after: number) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);

/** A flow whose handoffs all go to the channel's own area. */
export const withoutAreas = (flow: unknown): unknown =>
  JSON.parse(JSON.stringify(flow, (key, value) => (key === "area" ? null : value)));

/** A value that a field takes. */
export function rightValue(name: string, schema: Schema, world: Pick<FullWorld, "ids" | "tickets">): unknown {
  if (isId(schema)) return worldId(name, world);
  if (schema.enum) return schema.enum.at(-1);
  if (schema.format === "date-time" || schema.anyOf?.some(({ format }) => format === "date-time"))
    return new Date(Date.now() + 3_600_000).toISOString();
  if (name === "emoji") return "👍";
  if (name === "ticket_ids") return [world.ids.ticket];
  if (name === "from" || name === "to") return "2026-11-26";
  // Areas may have other names by then.
  if (name === "draft") return withoutAreas(welcomeFlow("es"));
  if (name === "revision") return 1;
  if (name === "member_ids") return [world.ids.member];
  if (name === "steps") return [{ do: "add_tags", tags: ["hola"] }];
  if (name === "conversation_ids") return [world.ids.conversation];
  if (name === "day") return dayOf(randomInt(1, 3_000));
  if (name === "questions") return ["hola"];
  if (name === "hosts") return ["api.example.com"];
  if (name === "url") return "https://shop.example/hook";
  if (name === "events") return ["ticket.changed"];
  if (name === "kind") return "web";
  // Who is blocked is written to no more.
  if (name === "blocked") return false;
  if (name === "days") return 7;
  if (name === "name") return `hola ${randomUUID()}`;
  if (name === "shortcut") return `hola-${randomUUID().slice(0, 8)}`;
  if (name === "token") return world.ids.secret;
  switch (schema.type) {
    case "integer":
      return Math.max(schema.minimum ?? 1, 1);
    case "boolean":
      return true;
    case "array":
      return [];
    case "object":
      return {};
    default:
      return "hola";
  }
}

/** The smallest body that a call takes. */
export function rightBody(
  operation: Operation,
  world: Pick<FullWorld, "ids" | "tickets">,
): Record<string, unknown> | undefined {
  if (!operation.body) return undefined;
  // What is hidden could not be passed on by the calls that follow.
  if (operation.id === "hideMessage") return { on: false };
  // What the schema cannot say: one of two ways to name a message is needed.
  const needed = [
    ...(operation.body.required ?? []),
    ...(["sendMessage", "scheduleMessage"].includes(operation.id) ? ["client_id"] : []),
    ...(operation.id === "createCannedReply" ? ["area_id"] : []),
    ...(operation.id === "changeTickets" ? ["priority"] : []),
  ];
  return Object.fromEntries(
    fieldsOf(operation)
      .filter(([name]) => needed.includes(name))
      .map(([name, schema]) => [
        name,
        name === "kind" && !schema.enum?.includes("yes_no")
          ? "web"
          : name === "name" && operation.id === "createSecret"
            ? `k${randomUUID().slice(0, 8)}`
            : rightValue(name, schema, world),
      ]),
  );
}

export type Asked = {
  status: number;
  headers: Headers;
  text: string;
  body: { data?: unknown; next_cursor?: string | null; error?: { code: string; data: unknown; request_id: string } };
};

let addresses = 0;

/** Calls the API; each call comes from an address of its own, so that no limit of addresses stands before what is tried. */
export async function callApi(
  method: string,
  path: string,
  token: string | null,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Asked> {
  const request = new Request(`https://guazu.test/api/v1${path}`, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const clientAddress = `2001:db8:${(++addresses).toString(16)}::1`;
  const response = await answerCall(request, { requestId: "r", clientAddress } as never);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}
