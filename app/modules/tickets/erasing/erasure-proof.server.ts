import { createHash } from "node:crypto";

export type ErasureFacts = {
  id: string;
  orgId: string;
  contactId: string;
  requestedAt: Date;
  doneAt: Date;
  removed: Readonly<Record<string, number>>;
};

/**
 * What was deleted, as text that says nothing of the person: who reads it with the digest (SHA-256 of these lines, UTF-8, each
 * ended by LF) can tell that neither was changed.
 */
export function proofLines(facts: ErasureFacts): string {
  const counts = Object.entries(facts.removed).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    "GuazuApp erasure 1",
    `erasure ${facts.id}`,
    `organisation ${facts.orgId}`,
    `contact ${facts.contactId}`,
    `requested ${facts.requestedAt.toISOString()}`,
    `done ${facts.doneAt.toISOString()}`,
    ...counts.map(([kind, n]) => `removed ${kind} ${n}`),
    "",
  ].join("\n");
}

export const proofDigest = (facts: ErasureFacts): string =>
  createHash("sha256").update(proofLines(facts)).digest("hex");
