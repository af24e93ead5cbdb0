-- A user of its own for each program. What follows belongs to one of them alone; everything else stays with slotwell_app, which both are members of.
-- slotwell_operator is who runs the commands by hand (create-admin, import, rotate-keys, audit:verify): both at once.
DO $$
DECLARE
  r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['slotwell_web', 'slotwell_worker', 'slotwell_operator', 'slotwell_backup'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', r);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
  END LOOP;
END $$;--> statement-breakpoint
-- Roles belong to the cluster: where another database's owner made them, these have been granted already.
DO $$
DECLARE
  member name;
BEGIN
  GRANT slotwell_app TO slotwell_web, slotwell_worker;
  GRANT slotwell_web, slotwell_worker TO slotwell_operator;
  EXECUTE format('GRANT slotwell_operator, slotwell_backup TO %I', current_user);
  -- Whoever was the app before this goes on, as both; docs/operations.md says how to part them.
  FOR member IN SELECT m.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member
    WHERE a.roleid = 'slotwell_app'::regrole AND m.rolcanlogin AND m.rolname <> current_user
      AND NOT pg_has_role(m.oid, 'slotwell_web', 'MEMBER') AND NOT pg_has_role(m.oid, 'slotwell_worker', 'MEMBER') LOOP
    EXECUTE format('GRANT slotwell_operator TO %I', member);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  IF NOT pg_has_role(current_user, 'slotwell_operator', 'MEMBER') OR NOT pg_has_role('slotwell_operator', 'slotwell_app', 'MEMBER') THEN RAISE; END IF;
END $$;--> statement-breakpoint

-- The web alone makes accounts, signs people in, and writes records. The worker needs none of it, and no secret of a second factor.
REVOKE INSERT ON users, sessions, refresh_tokens, idempotency_keys, medical_records, record_versions, record_attachments, record_templates, record_grants,
  break_glass FROM slotwell_app;--> statement-breakpoint
GRANT INSERT ON users, sessions, refresh_tokens, idempotency_keys, medical_records, record_versions, record_attachments, record_templates, record_grants,
  break_glass TO slotwell_web;--> statement-breakpoint
REVOKE ALL ON totp_secrets, recovery_codes, passkeys FROM slotwell_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON totp_secrets, recovery_codes, passkeys TO slotwell_web;--> statement-breakpoint
-- Nobody's role is the worker's business.
REVOKE UPDATE ON users FROM slotwell_app;--> statement-breakpoint
GRANT UPDATE ON users TO slotwell_web;--> statement-breakpoint
DO $$ BEGIN
  EXECUTE (SELECT format('GRANT UPDATE (%s) ON users TO slotwell_worker', string_agg(quote_ident(column_name), ', '))
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'users' AND column_name NOT IN ('id', 'role'));
END $$;--> statement-breakpoint

-- The worker alone seals the logs, takes events out of the outbox, and clears away what has run out.
REVOKE INSERT ON audit_seals FROM slotwell_app;--> statement-breakpoint
GRANT INSERT ON audit_seals TO slotwell_worker;--> statement-breakpoint
REVOKE SELECT ON SEQUENCE audit_log_id_seq, access_log_id_seq FROM slotwell_app;--> statement-breakpoint
GRANT SELECT ON SEQUENCE audit_log_id_seq, access_log_id_seq TO slotwell_worker;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION remove_sealed_rows(text, bigint) FROM slotwell_app;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION remove_sealed_rows(text, bigint) TO slotwell_worker;--> statement-breakpoint
REVOKE UPDATE, DELETE ON outbox FROM slotwell_app;--> statement-breakpoint
GRANT UPDATE, DELETE ON outbox TO slotwell_worker;--> statement-breakpoint
REVOKE DELETE ON sessions, idempotency_keys, account_tokens FROM slotwell_app;--> statement-breakpoint
GRANT DELETE ON sessions, idempotency_keys, account_tokens TO slotwell_worker;--> statement-breakpoint

-- The backup reads all of it and writes nothing. `pg_dump --enable-row-security` as slotwell_backup: what may look past row-level security by itself only a
-- superuser can make. Run again after each migration, so that a new table is in the backup from its first day.
CREATE FUNCTION let_backup_read() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT c.oid::regclass AS name, c.relname, c.relrowsecurity AS is_guarded FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') LOOP
    EXECUTE format('GRANT SELECT ON %s TO slotwell_backup', t.name);
    IF t.is_guarded AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = t.name AND polname = t.relname || '_backup') THEN
      EXECUTE format('CREATE POLICY %I ON %s FOR SELECT TO slotwell_backup USING (true)', t.relname || '_backup', t.name);
    END IF;
  END LOOP;
  GRANT SELECT ON ALL SEQUENCES IN SCHEMA public, drizzle TO slotwell_backup;
  GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO slotwell_backup;
  GRANT USAGE ON SCHEMA public, drizzle TO slotwell_backup;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION let_backup_read() FROM PUBLIC;
