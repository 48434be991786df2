import { parseArgs } from "node:util";
import { eq } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import {
  createResetLink,
  createToken,
  fields,
  listOrganisations,
  registerAccount,
  revokeToken,
  suspendOrganisation,
} from "~/modules/accounts/index.server";
import { setUpOrganisation } from "~/modules/bots/index.server";
import { isChannelKind } from "~/modules/channels";
import { createChannel } from "~/modules/channels/index.server";
import { listReports } from "~/modules/chats/index.server";
import { getFileUse, setFileQuota } from "~/modules/files/index.server";
import { asSystem } from "~/platform/db.server";
import { isUuid } from "~/platform/ids";
import { listDead, retryDead } from "~/platform/jobs/index.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import {
  type Command,
  type CommandResult,
  EXIT_CODE,
  type Flags,
  named,
  needed,
  organisationId,
  parseJson,
  UsageError,
} from "./command.server";
import { FLOW_COMMANDS } from "./flow-commands.server";
import { runLoad } from "./load-demo/run-load.server";

/** Flags that are said or not. */
const SWITCHES = new Set(["resume", "publish"]);

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
  ...FLOW_COMMANDS,
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
  const words = command.words ?? [];
  if (positionals.length !== words.length) {
    const wanted = words.map((word) => `<${word}>`).join(" ");
    throw new UsageError(words.length > 0 ? `${name} takes ${wanted}` : `${name} does not take "${positionals[0]}"`);
  }
  const flags: Flags = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === "boolean" ? "1" : value]),
  );
  return command.run(flags, positionals);
}
