/**
 * What enqueues, returns and lists jobs inside PostgreSQL. graphile-worker's tables belong to the role that migrates, so
 * that what guazu_app and guazu_system call runs as that role (SECURITY DEFINER, closed search_path).
 *
 * These functions know graphile-worker's private table: after a change of its version the tests of this folder decide.
 */
export const JOB_FUNCTIONS = `
CREATE SCHEMA IF NOT EXISTS job;

-- One row a worker process: it holds the jobs of its slots for as long as it beats.
CREATE TABLE IF NOT EXISTS job.worker (
  id text PRIMARY KEY,
  slots text[] NOT NULL,
  beat_at timestamptz NOT NULL
);

CREATE INDEX IF NOT EXISTS jobs_dead_idx ON graphile_worker._private_jobs (updated_at)
  WHERE attempts >= max_attempts AND locked_at IS NULL;

-- The crews that take urgent lanes only would read past every waiting report to find nothing.
CREATE INDEX IF NOT EXISTS jobs_by_task_idx ON graphile_worker._private_jobs (task_id, priority, run_at) WHERE is_available;

-- Frees a key. A running job keeps no key and no further attempt; a dead one stays as it is when a new one takes its key.
CREATE OR REPLACE FUNCTION job.free_key(p_key text, p_keep_dead boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE held graphile_worker._private_jobs;
BEGIN
  SELECT * INTO held FROM graphile_worker._private_jobs WHERE key = p_key FOR UPDATE;
  IF NOT FOUND THEN RETURN; END IF;
  IF held.locked_at IS NOT NULL THEN
    UPDATE graphile_worker._private_jobs
      SET key = NULL, attempts = max_attempts, last_error = 'replaced while running', updated_at = now() WHERE id = held.id;
  ELSIF p_keep_dead AND held.attempts >= held.max_attempts THEN
    UPDATE graphile_worker._private_jobs SET key = NULL WHERE id = held.id;
  ELSE
    DELETE FROM graphile_worker._private_jobs WHERE id = held.id;
  END IF;
END $$;

-- graphile-worker's own add_job would NOTIFY inside the transaction, which makes commits wait for one another.
CREATE OR REPLACE FUNCTION job.enqueue(p_task text, p_payload json, p_priority smallint, p_max_attempts smallint,
  p_run_at timestamptz, p_key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE task integer;
BEGIN
  SELECT t.id INTO task FROM graphile_worker._private_tasks t WHERE t.identifier = p_task;
  IF NOT FOUND THEN
    INSERT INTO graphile_worker._private_tasks (identifier) VALUES (p_task) ON CONFLICT DO NOTHING;
    SELECT t.id INTO task FROM graphile_worker._private_tasks t WHERE t.identifier = p_task;
  END IF;
  LOOP
    IF p_key IS NOT NULL THEN PERFORM job.free_key(p_key, true); END IF;
    INSERT INTO graphile_worker._private_jobs AS waiting (task_id, payload, priority, max_attempts, run_at, key)
      VALUES (task, p_payload, p_priority, p_max_attempts, coalesce(p_run_at, now()), p_key)
      -- Another transaction stored the key a moment ago: the later one wins, unless that job runs already.
      ON CONFLICT (key) DO UPDATE SET task_id = excluded.task_id, payload = excluded.payload, priority = excluded.priority,
        max_attempts = excluded.max_attempts, run_at = excluded.run_at, attempts = 0, last_error = NULL,
        revision = waiting.revision + 1, updated_at = now()
      WHERE waiting.locked_at IS NULL;
    EXIT WHEN FOUND;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION job.cancel(p_key text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT job.free_key(p_key, false);
$$;

CREATE OR REPLACE FUNCTION job.list_dead(p_limit integer)
RETURNS TABLE (id text, priority integer, task text, error text, attempts integer, failed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT j.id::text, j.priority::integer, t.identifier, coalesce(j.last_error, ''), j.attempts::integer, j.updated_at
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  WHERE j.attempts >= j.max_attempts AND j.locked_at IS NULL
  ORDER BY j.updated_at DESC, j.id DESC LIMIT p_limit;
$$;

-- The same by the page and with what each was about, so that it can be told to the organisation whose it is and to no other.
CREATE OR REPLACE FUNCTION job.dead_page(p_limit integer, p_offset integer)
RETURNS TABLE (id text, priority integer, task text, error text, attempts integer, failed_at timestamptz, payload json)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT j.id::text, j.priority::integer, t.identifier, coalesce(j.last_error, ''), j.attempts::integer, j.updated_at, j.payload
  FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  WHERE j.attempts >= j.max_attempts AND j.locked_at IS NULL
  ORDER BY j.updated_at DESC, j.id DESC LIMIT p_limit OFFSET p_offset;
$$;

CREATE OR REPLACE FUNCTION job.retry_dead(p_ids bigint[]) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH retried AS (
    UPDATE graphile_worker._private_jobs SET attempts = 0, run_at = now(), updated_at = now()
    WHERE attempts >= max_attempts AND locked_at IS NULL AND (p_ids IS NULL OR id = ANY (p_ids)) RETURNING 1)
  SELECT count(*)::integer FROM retried;
$$;

-- The rest is called by workers only, on their own connections.

CREATE OR REPLACE FUNCTION job.fail(p_id bigint, p_slot text, p_error text, p_delay_ms double precision) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM graphile_worker._private_jobs
    WHERE id = p_id AND locked_by = p_slot AND key IS NULL AND last_error = 'replaced while running';
  UPDATE graphile_worker._private_jobs SET last_error = left(p_error, 2000), locked_by = NULL, locked_at = NULL,
      run_at = clock_timestamp() + p_delay_ms * interval '1 millisecond', updated_at = clock_timestamp()
    WHERE id = p_id AND locked_by = p_slot;
$$;

-- Gives the jobs of these slots back as if they had never been taken.
CREATE OR REPLACE FUNCTION job.release(p_slots text[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  DELETE FROM graphile_worker._private_jobs
    WHERE locked_by = ANY (p_slots) AND key IS NULL AND last_error = 'replaced while running';
  UPDATE graphile_worker._private_jobs SET locked_by = NULL, locked_at = NULL, attempts = greatest(attempts - 1, 0),
      updated_at = clock_timestamp()
    WHERE locked_by = ANY (p_slots);
$$;

CREATE OR REPLACE FUNCTION job.beat(p_worker text, p_slots text[]) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO job.worker (id, slots, beat_at) VALUES (p_worker, p_slots, clock_timestamp())
  ON CONFLICT (id) DO UPDATE SET slots = excluded.slots, beat_at = excluded.beat_at;
$$;

-- Takes jobs from slots that no beating process lists. The lost attempt counts, so that a job that kills its process ends
-- as a dead letter and not as an endless crash.
CREATE OR REPLACE FUNCTION job.reclaim(p_stale_ms double precision) RETURNS TABLE (id text, task text, attempts integer)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE stale timestamptz := clock_timestamp() - p_stale_ms * interval '1 millisecond';
BEGIN
  DELETE FROM job.worker w WHERE w.beat_at < stale;
  DELETE FROM graphile_worker._private_jobs j
    WHERE j.locked_at < stale AND j.key IS NULL AND j.last_error = 'replaced while running'
      AND NOT EXISTS (SELECT FROM job.worker w WHERE j.locked_by = ANY (w.slots));
  RETURN QUERY
    UPDATE graphile_worker._private_jobs j SET locked_by = NULL, locked_at = NULL, updated_at = clock_timestamp(),
      last_error = 'the process that ran it died'
    FROM graphile_worker._private_tasks t
    WHERE t.id = j.task_id AND j.locked_at < stale
      AND NOT EXISTS (SELECT FROM job.worker w WHERE j.locked_by = ANY (w.slots))
    RETURNING j.id::text, t.identifier, j.attempts::integer;
END $$;

-- By priority: what waits and may run by now, what runs, what is dead, and how many seconds the oldest has waited.
CREATE OR REPLACE FUNCTION job.depth()
RETURNS TABLE (priority integer, waiting integer, running integer, dead integer, oldest double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT j.priority::integer,
    (count(*) FILTER (WHERE j.locked_at IS NULL AND j.attempts < j.max_attempts AND j.run_at <= now()))::integer,
    (count(*) FILTER (WHERE j.locked_at IS NOT NULL))::integer,
    (count(*) FILTER (WHERE j.locked_at IS NULL AND j.attempts >= j.max_attempts))::integer,
    coalesce(extract(epoch FROM now() - min(j.run_at)
      FILTER (WHERE j.locked_at IS NULL AND j.attempts < j.max_attempts AND j.run_at <= now())), 0)::double precision
  FROM graphile_worker._private_jobs j GROUP BY j.priority;
$$;

CREATE OR REPLACE FUNCTION job.forget_dead(p_days integer) RETURNS integer
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  WITH gone AS (
    DELETE FROM graphile_worker._private_jobs
    WHERE attempts >= max_attempts AND locked_at IS NULL AND updated_at < now() - p_days * interval '1 day' RETURNING 1)
  SELECT count(*)::integer FROM gone;
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA job FROM PUBLIC;
GRANT USAGE ON SCHEMA job TO guazu_app, guazu_system;
GRANT EXECUTE ON FUNCTION job.enqueue, job.cancel TO guazu_app, guazu_system;
GRANT EXECUTE ON FUNCTION job.list_dead, job.dead_page, job.retry_dead, job.depth TO guazu_system;
`;
