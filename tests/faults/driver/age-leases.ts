import type { Cluster } from "./cluster";

/** Lets a minute pass for the leases of a process that is dead, and for nothing else. */
export async function ageLeases(cluster: Pick<Cluster, "query">, pid: number): Promise<void> {
  const dead = `select unnest(slots) from job.worker where id like '%/${pid}/%'`;
  await cluster.query(`update outbox set leased_until = now() where state = 'sending' and conversation_id in (
    select (payload ->> 'conversationId')::uuid from graphile_worker._private_jobs where locked_by in (${dead}))`);
  await cluster.query(`update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute'
    where locked_by in (${dead})`);
  await cluster.query(`update job.worker set beat_at = beat_at - interval '1 minute' where id like '%/${pid}/%'`);
}
