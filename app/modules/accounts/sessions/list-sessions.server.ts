import { and, desc, eq, gt } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import type { AccountActor } from "../actor";
import { deviceName } from "./device-name";

type SessionOnDevice = {
  id: string;
  browser: string | null;
  system: string | null;
  address: string | null;
  openedAt: string;
  /** To five minutes. */
  lastSeenAt: string;
  current: boolean;
};

const MOST = 100;

/** The actor's living sessions, the one in use first, then by last use. The tokens stay where they are. */
export async function listSessions(actor: AccountActor): Promise<SessionOnDevice[]> {
  const { session } = schema;
  const rows = await asSystem("an account's own devices", (tx, now) =>
    tx
      .select({
        id: session.id,
        userAgent: session.userAgent,
        address: session.ipAddress,
        openedAt: session.createdAt,
        lastSeenAt: session.updatedAt,
      })
      .from(session)
      .where(and(eq(session.userId, actor.accountId), gt(session.expiresAt, now)))
      .orderBy(desc(session.updatedAt))
      .limit(MOST),
  );
  const shown = rows.map((row) => ({
    id: row.id,
    ...deviceName(row.userAgent),
    address: row.address || null,
    openedAt: row.openedAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    current: row.id === actor.sessionId,
  }));
  return shown.sort((a, b) => Number(b.current) - Number(a.current));
}
