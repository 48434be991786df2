-- Two roles that the application takes on: guazu_app sees what row-level security lets through, guazu_system sees all.
-- Roles belong to the cluster, so that they may be there already, or be made by another database at this moment.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'guazu_app') THEN CREATE ROLE guazu_app NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
--> statement-breakpoint
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'guazu_system') THEN CREATE ROLE guazu_system NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
--> statement-breakpoint
DO $$ BEGIN
  IF NOT pg_has_role(current_user, 'guazu_app', 'SET') THEN EXECUTE format('GRANT guazu_app TO %I', current_user); END IF;
  IF NOT pg_has_role(current_user, 'guazu_system', 'SET') THEN EXECUTE format('GRANT guazu_system TO %I', current_user); END IF;
EXCEPTION WHEN invalid_parameter_value THEN
  EXECUTE format('GRANT guazu_app, guazu_system TO %I', current_user);
END $$;
--> statement-breakpoint
CREATE FUNCTION app_org() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.org_id', true), '')::uuid $$;
--> statement-breakpoint
CREATE FUNCTION app_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.account_id', true), '')::uuid $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO guazu_app, guazu_system;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO guazu_app, guazu_system;
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO guazu_app, guazu_system;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO guazu_app, guazu_system;
--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO guazu_app, guazu_system;
--> statement-breakpoint
-- What no request may touch: proofs of identity, and bodies that hold several organisations' data at once.
REVOKE ALL ON credential, session, verification, webhook_inbox, unknown_account FROM guazu_app;
--> statement-breakpoint
REVOKE UPDATE, DELETE ON ticket_event, change FROM guazu_app;
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  -- Every table is closed; guazu_system is let through by a policy, guazu_app only by those below.
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO guazu_system USING (true) WITH CHECK (true)', t);
  END LOOP;
  -- Rows that always belong to one organisation.
  FOREACH t IN ARRAY ARRAY['ticket_number', 'member', 'area', 'area_member', 'invitation', 'api_token', 'channel',
    'channel_health', 'contact', 'identity', 'identity_address', 'guest_session', 'outbox', 'parked_status', 'ticket',
    'ticket_event', 'flow', 'flow_version', 'flow_run', 'flow_trace'] LOOP
    EXECUTE format('CREATE POLICY own_organisation ON %I TO guazu_app USING (org_id = app_org()) WITH CHECK (org_id = app_org())', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY own_organisation ON organisation TO guazu_app USING (id = app_org()) WITH CHECK (id = app_org());
--> statement-breakpoint
-- Asks about participation with guazu_system's eyes, so that the policy of participant does not ask itself.
CREATE FUNCTION takes_part(conversation uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT EXISTS (SELECT FROM participant p
        WHERE p.conversation_id = conversation AND p.account_id = app_account() AND p.left_at IS NULL) $$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO guazu_system;
--> statement-breakpoint
ALTER FUNCTION takes_part(uuid) OWNER TO guazu_system;
--> statement-breakpoint
CREATE POLICY visible ON conversation TO guazu_app
  USING (org_id = app_org() OR takes_part(id))
  WITH CHECK (org_id = app_org() OR (org_id IS NULL AND app_account() IS NOT NULL));
--> statement-breakpoint
CREATE POLICY visible ON participant TO guazu_app
  USING (org_id = app_org() OR account_id = app_account() OR takes_part(conversation_id))
  WITH CHECK (org_id = app_org() OR (org_id IS NULL AND app_account() IS NOT NULL));
--> statement-breakpoint
-- A note never reaches the customer who takes part as an account.
CREATE POLICY visible ON message TO guazu_app
  USING (org_id = app_org() OR (visibility = 'public' AND takes_part(conversation_id)))
  WITH CHECK (org_id = app_org() OR (org_id IS NULL AND takes_part(conversation_id)));
--> statement-breakpoint
CREATE POLICY visible ON change TO guazu_app
  USING (org_id = app_org() OR (public_rev IS NOT NULL AND takes_part(conversation_id)))
  WITH CHECK (org_id = app_org() OR (org_id IS NULL AND takes_part(conversation_id)));
--> statement-breakpoint
CREATE POLICY visible ON read_mark TO guazu_app
  USING (org_id = app_org() OR account_id = app_account() OR takes_part(conversation_id))
  WITH CHECK (org_id = app_org() OR account_id = app_account());
--> statement-breakpoint
CREATE FUNCTION meets_account(other uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT EXISTS (SELECT FROM member m WHERE m.account_id = other AND m.org_id = app_org())
      OR EXISTS (SELECT FROM participant p JOIN participant o USING (conversation_id)
        WHERE p.account_id = app_account() AND o.account_id = other) $$;
--> statement-breakpoint
ALTER FUNCTION meets_account(uuid) OWNER TO guazu_system;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM guazu_system;
--> statement-breakpoint
CREATE POLICY visible ON account TO guazu_app
  USING (id = app_account() OR meets_account(id)) WITH CHECK (id = app_account());
--> statement-breakpoint
-- I3: a ticket is with the bot exactly while it has one live run. Asked at commit.
CREATE FUNCTION check_bot_has_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE subject uuid; state_now text; runs int;
BEGIN
  IF TG_TABLE_NAME = 'ticket' THEN subject := NEW.id; ELSE subject := NEW.ticket_id; END IF;
  SELECT state INTO state_now FROM ticket WHERE id = subject;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT count(*) INTO runs FROM flow_run WHERE ticket_id = subject AND status = 'live';
  IF (state_now = 'bot') <> (runs = 1) THEN
    RAISE EXCEPTION 'ticket % is % with % live flow runs', subject, state_now, runs
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ticket_bot_has_one_run';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ticket_bot_has_one_run AFTER INSERT OR UPDATE OF state ON ticket
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bot_has_run();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER flow_run_belongs_to_bot AFTER INSERT OR UPDATE OF status ON flow_run
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_bot_has_run();
--> statement-breakpoint
-- A read pointer never moves back, whoever writes it.
CREATE FUNCTION keep_read_mark_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq < OLD.seq THEN RETURN NULL; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER read_mark_forward BEFORE UPDATE ON read_mark FOR EACH ROW EXECUTE FUNCTION keep_read_mark_forward();
