import { ENDPOINTS } from "../endpoints.server";
import { apiDocument } from "./api-document";

const PATH = "/api/v1/openapi.json";

let made: string | undefined;

/** The document for everybody, made at the first question; undefined for every other address. */
export function answerDocument(request: Request): Response | undefined {
  if (new URL(request.url).pathname !== PATH) return undefined;
  made ??= JSON.stringify(apiDocument(ENDPOINTS));
  return new Response(made, { headers: { "content-type": "application/json", "cache-control": "no-cache" } });
}
