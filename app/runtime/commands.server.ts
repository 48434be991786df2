import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { and, eq, isNull, or, sql } from "drizzle-orm";
import { type Actor, SYSTEM } from "~/modules/accounts";
import {
  createResetLink,
  createToken,
  fields,
  listOrganisations,
  registerAccount,
  revokeToken,
  suspendOrganisation,
} from "~/modules/accounts/index.server";
import { type Flow, type LintProblem, lintFlow, lintRows, parseFlow } from "~/modules/bots";
import { createFlow, publishDraft, readLintContext, setUpOrganisation } from "~/modules/bots/index.server";
import { isChannelKind } from "~/modules/channels";
import { createChannel } from "~/modules/channels/index.server";
import { listReports } from "~/modules/chats/index.server";
import { getFileUse, setFileQuota } from "~/modules/files/index.server";
import { asSystem } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { listDead, retryDead } from "~/platform/jobs/index.server";
import { type Context, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { runLoad } from "./load-demo/run-load.server";

type Flags = Record<string, string | undefined>;
type Command = {
  flags: readonly string[];
  /** How many files it takes after its name. */
  files?: number;
  run: (flags: Flags, files: string[]) => Promise<CommandResult>;
};

/** What a command prints, and, under this key, an exit code other than 0. */
export const EXIT_CODE = Symbol("exit code");
export type CommandResult = object & { [EXIT_CODE]?: number };

/** Flags that are said or not. */
const SWITCHES = new Set(["resume", "publish"]);

/** A command that was called wrongly; its message is what the person reads. */
export class UsageError extends Error {}

const needed = (flags: Flags, name: string): string => {
  const value = flags[name];
  if (!value) throw new UsageError(`--${name} is missing`);
  return value;
};

function emailOf(flags: Flags, name: string): string {
  const parsed = fields.email.safeParse(needed(flags, name));
  if (!parsed.success) throw new UsageError(`--${name} "${flags[name]}" is no e-mail address`);
  return parsed.data;
}

function wholeNumber(flags: Flags, name: string): number {
  const value = Number(needed(flags, name));
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`--${name} must be a whole number from 1 on`);
  return value;
}

/** A number of bytes, or null for `none`. */
function bytesOf(flags: Flags, name: string): number | null {
  const value = needed(flags, name);
  if (value === "none") return null;
  if (!/^\d{1,15}$/.test(value)) throw new UsageError(`--${name} must be a whole number of bytes, or none`);
  return Number(value);
}

/** A day or a moment; null where none is named. */
function momentOf(flags: Flags, name: string): Date | null {
  const value = flags[name];
  if (value === undefined) return null;
  const at = new Date(value);
  if (!/^\d{4}-\d{2}-\d{2}/.test(value) || Number.isNaN(at.getTime()))
    throw new UsageError(`--${name} "${value}" is no day or time such as 2026-01-31 or 2026-01-31T12:00:00Z`);
  return at;
}

async function organisationId(flags: Flags): Promise<string> {
  const named = needed(flags, "org");
  const { organisation } = schema;
  const [row] = await asSystem("the organisation that a command names", (tx) =>
    tx
      .select({ id: organisation.id })
      .from(organisation)
      .where(or(eq(organisation.handle, named.toLowerCase()), isUuid(named) ? eq(organisation.id, named) : undefined)),
  );
  if (!row) throw new UsageError(`there is no organisation "${named}"`);
  return row.id;
}

/** The id of an area or a flow that is named by its id or its name; what is neither is left to be refused. */
async function named(orgId: string, table: typeof schema.area | typeof schema.flow, name: string | undefined) {
  if (!name || isUuid(name)) return name;
  const [row] = await asSystem("what a command names", (tx) =>
    tx
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.orgId, orgId), sql`lower(${table.name}) = lower(${name})`, isNull(table.archivedAt))),
  );
  if (!row) throw new UsageError(`there is no "${name}" in the organisation`);
  return row.id;
}

/** The member whom a token acts for: by e-mail, else the first admin. */
async function memberId(orgId: string, email: string | undefined): Promise<string> {
  const { member, account } = schema;
  const rows = await asSystem("the member that a command names", (tx) =>
    tx
      .select({ id: member.id, role: member.role, email: account.email, removedAt: member.removedAt })
      .from(member)
      .innerJoin(account, eq(account.id, member.accountId))
      .where(eq(member.orgId, orgId))
      .orderBy(member.createdAt, member.id),
  );
  const present = rows.filter((row) => row.removedAt === null);
  const found = email
    ? present.find((row) => row.email.toLowerCase() === email.toLowerCase())
    : present.find((row) => row.role === "admin");
  if (!found) throw new UsageError(email ? `${email} is not a member` : "the organisation has no admin");
  return found.id;
}

/** The flow in a file, or the problems that keep it from being one. */
function flowOf(path: string): Flow {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new UsageError(`${path} cannot be read`);
  }
  const parsed = parseFlow(parseJson(text, path));
  if (!parsed.ok) throw new UsageError(parsed.problems.map((p) => `${p.path}: ${p.message}`).join("\n"));
  return parsed.flow;
}

/** Publishes a flow, or says what keeps it from that. */
async function publishOrTell(ctx: Context<Actor>, flow: Awaited<ReturnType<typeof createFlow>>) {
  try {
    return await publishDraft(ctx, flow);
  } catch (error) {
    const { problems } = (error instanceof AppError && (error.data as { problems?: LintProblem[] })) || {};
    if (!problems) throw error;
    const lines = lintRows(problems).map(({ severity, node, message }) => `${severity} ${node ?? "flow"}: ${message}`);
    throw new UsageError(`the flow cannot be published\n${lines.join("\n")}`);
  }
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${name} is not JSON`);
  }
}

const COMMANDS: Record<string, Command> = {
  migrate: { flags: [], run: async () => ({ migrated: true }) },
  "org:create": {
    flags: ["handle", "name", "admin-email", "admin-password", "locale"],
    run: async (flags) => {
      const locale = flags.locale === "pt" || flags.locale === "en" ? flags.locale : "es";
      const email = emailOf(flags, "admin-email");
      const password = needed(flags, "admin-password");
      const name = email.split("@")[0] ?? email;
      const { accountId, isNew } = await registerAccount({ name, email, password, locale });
      const handle = needed(flags, "handle");
      const created = await setUpOrganisation(SYSTEM, {
        handle,
        name: needed(flags, "name"),
        locale,
        adminAccountId: accountId,
      });
      // An account that was there keeps its own password.
      return { id: created.orgId, handle, admin: isNew ? "created" : "existing account" };
    },
  },
  "org:list": {
    flags: [],
    run: async () => {
      const rows = await asSystem("list organisations", (tx) => listOrganisations({ tx }));
      // Names as everywhere outside: with lines below.
      return {
        data: rows.map(({ suspendedAt, createdAt, ...row }) => ({
          ...row,
          suspended_at: suspendedAt,
          created_at: createdAt,
        })),
      };
    },
  },
  "org:suspend": {
    flags: ["org", "resume"],
    run: async (flags) => {
      const orgId = await organisationId(flags);
      const suspended = flags.resume === undefined;
      await transactAsSystem(SYSTEM, "suspend an organisation", (ctx) =>
        suspendOrganisation(ctx, { orgId, suspended }),
      );
      return { id: orgId, suspended };
    },
  },
  "org:quota": {
    flags: ["org", "bytes"],
    run: async (flags) => {
      const orgId = await organisationId(flags);
      const bytes = flags.bytes === undefined ? undefined : bytesOf(flags, "bytes");
      const { quota, used } = await transactAsSystem(SYSTEM, "the room for an organisation's files", async (ctx) => {
        if (bytes !== undefined) await setFileQuota(ctx, { orgId, bytes });
        return getFileUse(ctx, orgId);
      });
      return { id: orgId, file_quota: quota, used };
    },
  },
  "token:create": {
    flags: ["org", "scopes", "member", "name"],
    run: async (flags) => {
      const orgId = await organisationId(flags);
      const scopes = needed(flags, "scopes").split(",");
      const member = await memberId(orgId, flags.member);
      return transactAsSystem(SYSTEM, "a token from the command line", (ctx) =>
        createToken(ctx, { orgId, memberId: member, name: flags.name ?? "command line", scopes }),
      );
    },
  },
  "token:revoke": {
    flags: ["org", "id"],
    run: async (flags) => {
      const orgId = await organisationId(flags);
      const tokenId = needed(flags, "id");
      if (!isUuid(tokenId)) throw new UsageError(`--id "${tokenId}" is no token's id`);
      await transactAsSystem(SYSTEM, "revoke a token", (ctx) => revokeToken(ctx, { orgId, tokenId }));
      return { id: tokenId, revoked: true };
    },
  },
  "account:reset": {
    flags: ["email"],
    run: async (flags) => {
      const email = emailOf(flags, "email");
      const made = await createResetLink(email);
      if (!made) throw new UsageError(`there is no account "${email}"`);
      return { link: made.link, expires_in: made.expiresInSeconds };
    },
  },
  "channel:create": {
    flags: ["org", "kind", "settings", "name", "area", "flow"],
    run: async (flags) => {
      const orgId = await organisationId(flags);
      const kind = needed(flags, "kind");
      if (!isChannelKind(kind)) throw new UsageError(`--kind "${kind}" is not a kind of channel`);
      const areaId = await named(orgId, schema.area, flags.area);
      const flowId = await named(orgId, schema.flow, flags.flow);
      const row = await transactAsSystem(SYSTEM, "a channel from the command line", (ctx) =>
        createChannel(ctx, {
          orgId,
          kind,
          settings: parseJson(flags.settings ?? "{}", "--settings"),
          name: flags.name,
          areaId,
          flowId,
        }),
      );
      return { id: row.id, kind: row.kind };
    },
  },
  "flow:lint": {
    flags: ["org"],
    files: 1,
    run: async (flags, [path]) => {
      const orgId = flags.org && (await organisationId(flags));
      const context = orgId
        ? await asSystem("lint a flow for an organisation", (tx) => readLintContext({ tx }, orgId, null))
        : {};
      const rows = lintRows(lintFlow(flowOf(path ?? ""), context));
      const failed = rows.some((row) => row.severity === "error");
      return Object.assign({ data: rows }, failed && { [EXIT_CODE]: 1 });
    },
  },
  "flow:import": {
    flags: ["org", "publish"],
    files: 1,
    run: async (flags, [path]) => {
      const orgId = await organisationId(flags);
      const draft = flowOf(path ?? "");
      return transactAsSystem(SYSTEM, "a flow from the command line", async (ctx) => {
        const flow = await createFlow(ctx, { orgId, draft });
        const version = flags.publish === undefined ? null : await publishOrTell(ctx, flow);
        return { id: flow.id, name: flow.name, version: version?.number ?? null };
      });
    },
  },
  "demo:load": {
    flags: ["org", "tickets", "messages"],
    run: async (flags) => {
      const orgId = await organisationId({ org: flags.org ?? "demo" });
      const tickets = wholeNumber(flags, "tickets");
      const messages = flags.messages === undefined ? tickets : wholeNumber(flags, "messages");
      if (messages < tickets) throw new UsageError("--messages is all tickets' together: at least one each");
      const result = await runLoad(orgId, { tickets, messages });
      return Object.assign(result, result.recounted.differences.length > 0 && { [EXIT_CODE]: 1 });
    },
  },
  "report:list": {
    flags: ["since"],
    run: async (flags) => ({ data: await listReports(momentOf(flags, "since")) }),
  },
  "jobs:dead": {
    flags: [],
    run: async () => ({ data: await asSystem("dead letters", (tx) => listDead(tx)) }),
  },
  "jobs:retry": {
    flags: ["id"],
    run: async (flags) => {
      const ids = flags.id ? flags.id.split(",") : "all";
      return { retried: await asSystem("retry dead letters", (tx) => retryDead(tx, ids)) };
    },
  },
};

/**
 * Runs one administration command on the open database; returns what it found, for one line of JSON.
 * @throws UsageError when it was called wrongly
 */
export async function runCommand(argv: readonly string[]): Promise<CommandResult> {
  const [name, ...rest] = argv;
  const command = name ? COMMANDS[name] : undefined;
  if (!command) throw new UsageError(`commands: ${Object.keys(COMMANDS).join(", ")}`);
  const options = Object.fromEntries(
    command.flags.map((flag) => [flag, { type: SWITCHES.has(flag) ? "boolean" : "string" } as const]),
  );
  const { values, positionals } = parseArgs({
    args: rest,
    options: { ...options, json: { type: "boolean" } },
    strict: true,
    allowPositionals: true,
  });
  if (positionals.length !== (command.files ?? 0)) {
    throw new UsageError(
      command.files ? `${name} takes the path of a file` : `${name} does not take "${positionals[0]}"`,
    );
  }
  const flags: Flags = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === "boolean" ? "1" : value]),
  );
  return command.run(flags, positionals);
}
