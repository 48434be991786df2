import type { Endpoint } from "../endpoint";
import { answerBody, answerName, describeOperation, documentPath } from "./describe-operation";
import { describeAnswers, type JsonSchema } from "./describe-shapes";

const ABOUT = `Everything that members do in GuazuApp, for programs. Ids are UUIDs, times RFC 3339 in UTC, order is \`seq\`.
One thing is \`{"data": {…}}\`, a list \`{"data": […], "next_cursor": "…" | null}\`, and a refusal
\`{"error": {"code", "message", "data", "request_id"}}\`. A token acts as its member and sees what its member sees.`;

const BEARER = {
  type: "http",
  scheme: "bearer",
  description:
    "A member's token (`gza_…`, by `npm run guazu -- token:create`), held to its scopes, or a guest's token (`gzg_…`, by " +
    "`openGuestConversation`), which opens its own conversation only.",
};

/** The OpenAPI 3.1 document of these calls, made of the schemas that check them. */
export function apiDocument(endpoints: readonly Endpoint[]): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const endpoint of endpoints) {
    const path = documentPath(endpoint);
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: describeOperation(endpoint) };
  }
  const answers = new Map(endpoints.map((endpoint) => [answerName(endpoint), answerBody(endpoint)]));
  return {
    openapi: "3.1.1",
    info: { title: "GuazuApp API", version: "1", description: ABOUT },
    servers: [{ url: "/api/v1" }],
    paths,
    components: { schemas: describeAnswers(answers), securitySchemes: { bearer: BEARER } },
  };
}
