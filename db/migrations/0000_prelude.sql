-- What the tables below lean on: extensions, roles, and the words in which policies speak of the actor.
CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS citext;--> statement-breakpoint
-- Roles belong to the cluster, so another database may have made them, or be making them now.
DO $$ BEGIN
  CREATE ROLE slotwell_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;--> statement-breakpoint
DO $$ BEGIN
  CREATE ROLE slotwell_definer NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;--> statement-breakpoint
DO $$ BEGIN
  EXECUTE format('GRANT slotwell_app, slotwell_definer TO %I', current_user);
EXCEPTION WHEN OTHERS THEN
  IF NOT pg_has_role(current_user, 'slotwell_app', 'MEMBER') THEN RAISE; END IF;
END $$;--> statement-breakpoint
CREATE SEQUENCE patient_record_numbers;--> statement-breakpoint
-- An unset setting reads as NULL on a new connection and as '' on one that has had it: both are nobody.
CREATE FUNCTION app_kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.kind', true), '') $$;--> statement-breakpoint
CREATE FUNCTION app_user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.user_id', true), '')::uuid $$;--> statement-breakpoint
CREATE FUNCTION app_role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.role', true), '') $$;--> statement-breakpoint
CREATE FUNCTION app_doctor_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.doctor_id', true), '')::uuid $$;--> statement-breakpoint
-- The patient that the account itself is; whom it acts for besides is looked up.
CREATE FUNCTION app_patient_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.patient_id', true), '')::uuid $$;--> statement-breakpoint
CREATE FUNCTION app_is_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(app_kind() = 'system', false) $$;--> statement-breakpoint
CREATE FUNCTION app_is_admin() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(app_kind() = 'user' AND app_role() = 'admin', false) $$;--> statement-breakpoint
CREATE FUNCTION app_is_staff() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(app_kind() = 'user' AND app_role() IN ('doctor', 'receptionist', 'admin'), false) $$;--> statement-breakpoint
-- Reception and admins run the day for everybody; our own jobs do their work.
CREATE FUNCTION app_sees_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(app_kind() = 'system' OR (app_kind() = 'user' AND app_role() IN ('receptionist', 'admin')), false) $$;--> statement-breakpoint
-- The patients an account stands for: itself and its live grants. Must see past the policies that ask it.
SET LOCAL check_function_bodies = off;--> statement-breakpoint
CREATE FUNCTION app_patient_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 3 SET search_path = public, pg_temp AS $$
  SELECT id FROM patients WHERE user_id = app_user_id() AND app_kind() = 'user'
  UNION ALL
  SELECT patient_id FROM patient_proxies
  WHERE user_id = app_user_id() AND app_kind() = 'user' AND revoked_at IS NULL AND (valid_until IS NULL OR valid_until > now())
$$;
