import { type Json, own } from "./json";

/** The namespaces of variables: the contact's (lasting), the ticket's, this run's, the organisation's, the system's. */
export const NAMESPACES = ["contact", "ticket", "flow", "org", "system"] as const;
export type Namespace = (typeof NAMESPACES)[number];

export type Variables = Readonly<Record<Namespace, { readonly [name: string]: Json }>>;

/** What `system.*` holds. `window_left` is in seconds, null where the channel has no reply window. */
export const SYSTEM_VARIABLES = ["channel", "now", "in_hours", "returning", "window_left", "language"] as const;

/** No brace may stand inside, so that a search never runs past the next one: linear, whatever is written. */
const TEMPLATE = /\{\{([^{}]{0,300})\}\}/g;
const PATH = /^[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+){1,7}$/u;

export type TemplateUse = { path: string; fallback: string | null };

function readTemplate(inside: string): TemplateUse {
  const bar = inside.indexOf("|");
  if (bar < 0) return { path: inside.trim(), fallback: null };
  return { path: inside.slice(0, bar).trim(), fallback: inside.slice(bar + 1).trim() };
}

const isSecret = (path: string) => path === "org.secrets" || path.startsWith("org.secrets.");

/** True for a path that may stand in a text: `namespace.name`, deeper ones too, never a secret. */
export function isReadablePath(path: string): boolean {
  return PATH.test(path) && NAMESPACES.some((namespace) => path.startsWith(`${namespace}.`)) && !isSecret(path);
}

/**
 * The value at a path such as `contact.name`, own properties only, so that `contact.constructor` is nothing. Null for
 * what does not exist and for everything under `org.secrets`, which no text, condition or list may read.
 */
export function readVariable(variables: Variables, path: string): Json {
  if (!isReadablePath(path)) return null;
  let value: Json | Variables = variables;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null) return null;
    const next: Json | undefined = own(value as Record<string, Json>, name);
    if (next === undefined) return null;
    value = next;
  }
  return value as Json;
}

/** A value as a text shows it: a list or an object is nothing. */
export function readable(value: Json): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return "";
}

/** Every `{{…}}` of a text, in order; the linter checks them. */
export function templateUses(text: string): TemplateUse[] {
  return [...text.matchAll(TEMPLATE)].map((found) => readTemplate(found[1] ?? ""));
}

const SECRET = /^org\.secrets\.([a-z][a-z0-9_]{0,39})$/;

/** The name of the secret that a path stands for; null for a path of anything else. */
export const secretName = (path: string): string | null => SECRET.exec(path)?.[1] ?? null;

/** A text cut where its templates stand: what it says itself, and what is put in. */
export function splitTemplates(text: string): (string | TemplateUse)[] {
  const parts: (string | TemplateUse)[] = [];
  let end = 0;
  for (const found of text.matchAll(TEMPLATE)) {
    parts.push(text.slice(end, found.index), readTemplate(found[1] ?? ""));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

/**
 * Puts the variables into a text: `{{contact.name}}`, or `{{contact.name|vecino}}` with what stands in for an empty one.
 * One pass: a value that itself holds `{{…}}` stays as the customer wrote it. Lists, objects and unknown paths are empty.
 */
export function fillText(text: string, variables: Variables): string {
  if (!text.includes("{{")) return text;
  return text.replace(TEMPLATE, (_, inside: string) => {
    const { path, fallback } = readTemplate(inside);
    return readable(readVariable(variables, path)).trim() || (fallback ?? "");
  });
}
