import { and, eq, inArray } from "drizzle-orm";
import { inScope } from "~/platform/db.server";
import { seal, unseal } from "~/platform/secrets/seal.server";
import { schema } from "~db/index.server";

const PURPOSE = "bot-secret";

type Row = { orgId: string; id: string };
const placeOf = ({ orgId, id }: Row) => `${orgId}:${id}`;

/** A secret as it is stored: bound to its row, so that its bytes open in no other (TK2). */
export const sealSecret = (row: Row, value: string): Buffer => seal(PURPOSE, placeOf(row), value);

export type OpenSecret = { value: string; hosts: readonly string[] };

/** Secrets by their names, opened. Only what sends them to their hosts may ask for this; nothing keeps or shows them. */
export async function readSecrets(orgId: string, names: readonly string[]): Promise<Map<string, OpenSecret>> {
  if (names.length === 0) return new Map();
  const { orgSecret } = schema;
  const wanted = and(eq(orgSecret.orgId, orgId), inArray(orgSecret.name, [...names]));
  const rows = await inScope({ orgId }, (tx) => tx.select().from(orgSecret).where(wanted));
  return new Map(
    rows.map((row) => [row.name, { value: String(unseal(PURPOSE, placeOf(row), row.sealed)), hosts: row.hosts }]),
  );
}
