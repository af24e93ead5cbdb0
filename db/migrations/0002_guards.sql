-- Nobody is in two places at once. Back-to-back visits touch and do not overlap, as ranges are half-open.
ALTER TABLE appointments ADD CONSTRAINT appointments_doctor_free
  EXCLUDE USING gist (doctor_id WITH =, busy WITH &&) WHERE (status <> 'cancelled');--> statement-breakpoint
ALTER TABLE appointments ADD CONSTRAINT appointments_room_free
  EXCLUDE USING gist (room_id WITH =, busy WITH &&) WHERE (room_id IS NOT NULL AND status <> 'cancelled');--> statement-breakpoint
ALTER TABLE appointments ADD CONSTRAINT appointments_patient_free
  EXCLUDE USING gist (patient_id WITH =, during WITH &&) WHERE (patient_id IS NOT NULL AND status <> 'cancelled');--> statement-breakpoint

-- The status machine. lib/domain/status.ts holds the same table; a test compares them.
INSERT INTO appointment_transitions (from_status, to_status) VALUES
  ('held', 'booked'), ('held', 'cancelled'),
  ('booked', 'arrived'), ('booked', 'checked_in'), ('booked', 'no_show'), ('booked', 'cancelled'), ('booked', 'fulfilled'),
  ('arrived', 'checked_in'), ('arrived', 'in_progress'), ('arrived', 'no_show'), ('arrived', 'cancelled'),
  ('checked_in', 'in_progress'), ('checked_in', 'no_show'), ('checked_in', 'cancelled'),
  ('in_progress', 'fulfilled');--> statement-breakpoint
CREATE FUNCTION appointments_check_transition() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM appointment_transitions WHERE from_status = OLD.status AND to_status = NEW.status) THEN
    RAISE EXCEPTION 'appointment cannot go from % to %', OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appointments_status_machine', TABLE = 'appointments';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER appointments_status_machine BEFORE UPDATE OF status ON appointments
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION appointments_check_transition();--> statement-breakpoint

-- A policy cannot compare a row with what it was: nobody makes themselves an admin, verified, or able to sign in again.
CREATE FUNCTION users_check_rank() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF app_kind() = 'user' AND NOT app_is_admin() THEN
    RAISE EXCEPTION 'only an admin changes what an account may do' USING ERRCODE = 'insufficient_privilege', TABLE = 'users';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER users_rank BEFORE UPDATE OF role, disabled_at, email_verified_at ON users FOR EACH ROW
  WHEN (OLD.role IS DISTINCT FROM NEW.role OR OLD.disabled_at IS DISTINCT FROM NEW.disabled_at OR OLD.email_verified_at IS DISTINCT FROM NEW.email_verified_at)
  EXECUTE FUNCTION users_check_rank();--> statement-breakpoint

-- Busy cells. One five-minute cell is one bit; a visit across midnight UTC marks two days.
CREATE FUNCTION busy_cells(span tstzrange, of_day date) RETURNS bit(288) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (~ ((~ 0::bit(288)) >> (last - first))) >> first
  FROM (SELECT greatest(0, floor((extract(epoch FROM lower(span)) - midnight) / 300))::int AS first,
               least(288, ceil((extract(epoch FROM upper(span)) - midnight) / 300))::int AS last
        FROM (SELECT (of_day - date '1970-01-01') * 86400 AS midnight) m) c
$$;--> statement-breakpoint
CREATE FUNCTION on_busy_grid(span tstzrange) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT mod(extract(epoch FROM lower(span)), 300) = 0 AND mod(extract(epoch FROM upper(span)), 300) = 0
$$;--> statement-breakpoint
-- Called by the definer's functions only, whose rights and search path they run with: to set these anew takes as long as the work.
CREATE FUNCTION mark_busy(doctor uuid, span tstzrange) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first_day date := (lower(span) AT TIME ZONE 'UTC')::date;
  last_day date := ((upper(span) - interval '1 microsecond') AT TIME ZONE 'UTC')::date;
BEGIN
  FOR i IN 0 .. last_day - first_day LOOP
    -- `|` and `&` are applied to the row as it is once its lock is held, so two bookings of one day both count.
    INSERT INTO doctor_busy_days AS d (doctor_id, day, bits, exact)
    VALUES (doctor, first_day + i, busy_cells(span, first_day + i), on_busy_grid(span))
    ON CONFLICT (doctor_id, day) DO UPDATE SET bits = d.bits | excluded.bits, exact = d.exact AND excluded.exact;
  END LOOP;
END $$;--> statement-breakpoint
CREATE FUNCTION clear_busy(doctor uuid, span tstzrange) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first_day date := (lower(span) AT TIME ZONE 'UTC')::date;
  last_day date := ((upper(span) - interval '1 microsecond') AT TIME ZONE 'UTC')::date;
  was_exact boolean;
BEGIN
  FOR i IN 0 .. last_day - first_day LOOP
    UPDATE doctor_busy_days d SET bits = d.bits & ~ busy_cells(span, first_day + i)
    WHERE d.doctor_id = doctor AND d.day = first_day + i
    RETURNING d.exact INTO was_exact;
    -- Off the grid two visits may share a cell; with the row locked, the next statement sees every committed visit.
    IF NOT was_exact THEN PERFORM rebuild_busy_day(doctor, first_day + i); END IF;
  END LOOP;
END $$;--> statement-breakpoint
CREATE FUNCTION rebuild_busy_day(doctor uuid, of_day date) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH visits AS (
    SELECT busy FROM appointments
    WHERE doctor_id = doctor AND status <> 'cancelled'
      AND busy && tstzrange(of_day::timestamp AT TIME ZONE 'UTC', (of_day + 1)::timestamp AT TIME ZONE 'UTC')
  )
  INSERT INTO doctor_busy_days (doctor_id, day, bits, exact)
  SELECT doctor, of_day, coalesce(bit_or(busy_cells(busy, of_day)), 0::bit(288)), coalesce(bool_and(on_busy_grid(busy)), true) FROM visits
  ON CONFLICT (doctor_id, day) DO UPDATE SET bits = excluded.bits, exact = excluded.exact
$$;--> statement-breakpoint
CREATE FUNCTION appointments_keep_busy_days() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.status <> 'cancelled' THEN PERFORM clear_busy(OLD.doctor_id, OLD.busy); END IF;
  IF TG_OP <> 'DELETE' AND NEW.status <> 'cancelled' THEN PERFORM mark_busy(NEW.doctor_id, NEW.busy); END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER appointments_busy_days AFTER INSERT OR DELETE ON appointments
  FOR EACH ROW EXECUTE FUNCTION appointments_keep_busy_days();--> statement-breakpoint
CREATE TRIGGER appointments_busy_days_moved AFTER UPDATE ON appointments
  FOR EACH ROW WHEN (OLD.busy IS DISTINCT FROM NEW.busy OR OLD.doctor_id IS DISTINCT FROM NEW.doctor_id
    OR (OLD.status = 'cancelled') IS DISTINCT FROM (NEW.status = 'cancelled'))
  EXECUTE FUNCTION appointments_keep_busy_days();--> statement-breakpoint
-- Everything derived, made again: after a restore, or when `npm run doctor` finds a difference.
CREATE FUNCTION rebuild_busy_days() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  LOCK TABLE appointments IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM doctor_busy_days;
  INSERT INTO doctor_busy_days (doctor_id, day, bits, exact)
  SELECT doctor_id, d::date, bit_or(busy_cells(busy, d::date)), bool_and(on_busy_grid(busy))
  FROM appointments, generate_series((lower(busy) AT TIME ZONE 'UTC')::date, ((upper(busy) - interval '1 microsecond') AT TIME ZONE 'UTC')::date, '1 day') d
  WHERE status <> 'cancelled'
  GROUP BY doctor_id, d::date
  -- A doctor's days side by side on disk: search reads them together.
  ORDER BY doctor_id, d::date;
END $$;--> statement-breakpoint

-- What search may know of other people's visits: when, and nothing else. `except` is the visit that is being moved.
CREATE FUNCTION doctor_busy(doctors uuid[], span tstzrange, at timestamptz, except_id uuid DEFAULT NULL)
RETURNS TABLE (doctor_id uuid, starts timestamptz, ends timestamptz) LANGUAGE sql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
  SELECT a.doctor_id, lower(a.busy), upper(a.busy) FROM appointments a
  WHERE a.doctor_id = ANY (doctors) AND a.busy && span AND a.status <> 'cancelled'
    AND (a.status <> 'held' OR a.hold_expires_at > at) AND a.id IS DISTINCT FROM except_id
$$;--> statement-breakpoint
CREATE FUNCTION room_busy(rooms uuid[], span tstzrange, at timestamptz, except_id uuid DEFAULT NULL)
RETURNS TABLE (room_id uuid, starts timestamptz, ends timestamptz) LANGUAGE sql STABLE SECURITY DEFINER ROWS 200 SET search_path = public, pg_temp AS $$
  SELECT a.room_id, lower(a.busy), upper(a.busy) FROM appointments a
  WHERE a.room_id = ANY (rooms) AND a.busy && span AND a.status <> 'cancelled'
    AND (a.status <> 'held' OR a.hold_expires_at > at) AND a.id IS DISTINCT FROM except_id
$$;--> statement-breakpoint
-- Whose busy cells still show a hold that has run out and is not swept yet; search reads their ranges instead.
CREATE FUNCTION doctors_with_expired_holds(at timestamptz) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 5 SET search_path = public, pg_temp AS $$
  SELECT DISTINCT doctor_id FROM appointments WHERE status = 'held' AND hold_expires_at <= at
$$;--> statement-breakpoint
-- Holds that have run out and stand in the way of a new visit, whoever made them.
CREATE FUNCTION release_expired_holds(doctor uuid, room uuid, patient uuid, span tstzrange, at timestamptz)
RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (
    DELETE FROM appointments a
    WHERE a.status = 'held' AND a.hold_expires_at <= at AND a.busy && span
      AND (a.doctor_id = doctor OR a.room_id = room OR a.patient_id = patient)
    RETURNING 1)
  SELECT count(*)::int FROM gone
$$;--> statement-breakpoint

-- Search of people by staff. Trigram operators are not leakproof, so under a policy they can't use an index; here no policy stands in
-- the way, and the caller is asked for first. A word matches the beginning of any part of a name; `loose` asks for likeness instead.
CREATE FUNCTION search_patients(words text[], loose text, dates date[], digits text, record text, maybe_dates date[], mail text,
  after_place integer, after_family text, after_given text, after_id uuid, how_many integer)
RETURNS TABLE (id uuid, place integer, family text, given text) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 25
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
-- Each way to search has its index; under policies the planner may not read the statistics that would tell it so.
SET enable_seqscan = off AS $$
DECLARE
  full_name text := coalesce(loose, array_to_string(words, ' '));
  w1 text := '\m' || words[1];
  w2 text := '\m' || words[2];
  w3 text := '\m' || words[3];
  w4 text := '\m' || words[4];
BEGIN
  IF NOT (app_is_staff() OR app_is_system()) THEN RETURN; END IF;
  RETURN QUERY
  WITH hits AS (
    SELECT p.id, p.family_name, p.given_name,
      (1000 - 1000 * similarity(lower(p.given_name || ' ' || p.family_name), full_name))::int AS place
    FROM patients p
    WHERE (w1 IS NULL OR lower(p.given_name || ' ' || p.family_name) ~ w1)
      AND (w2 IS NULL OR lower(p.given_name || ' ' || p.family_name) ~ w2)
      AND (w3 IS NULL OR lower(p.given_name || ' ' || p.family_name) ~ w3)
      AND (w4 IS NULL OR lower(p.given_name || ' ' || p.family_name) ~ w4)
      AND (loose IS NULL OR lower(p.given_name || ' ' || p.family_name) % loose)
      AND (dates IS NULL OR p.date_of_birth = ANY (dates))
      AND (mail IS NULL OR lower(p.email::text) LIKE '%' || mail || '%')
      AND ((digits IS NULL AND record IS NULL) OR p.phone LIKE '%' || digits || '%' OR p.record_number = record OR p.date_of_birth = ANY (maybe_dates))
  )
  SELECT h.id, h.place, h.family_name, h.given_name FROM hits h
  WHERE after_id IS NULL OR (h.place, h.family_name, h.given_name, h.id) > (after_place, after_family, after_given, after_id)
  ORDER BY h.place, h.family_name, h.given_name, h.id LIMIT how_many;
END $$;--> statement-breakpoint
-- A parent registers a child: the patient and the grant come to be together, which no policy on either table alone can say.
CREATE FUNCTION register_child(child uuid, grant_id uuid, given text, family text, born date, child_sex text, relation text, at timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF app_kind() IS DISTINCT FROM 'user' OR app_role() IS DISTINCT FROM 'patient' OR born + interval '18 years' <= at THEN
    RAISE EXCEPTION 'only an account of a patient registers a child' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Messages about the child go to the parent.
  INSERT INTO patients (id, given_name, family_name, date_of_birth, sex, email, phone, address, time_zone, locale)
  SELECT child, given, family, born, child_sex, parent.email, parent.phone, parent.address, parent.time_zone, coalesce(parent.locale, 'en')
  FROM (SELECT) one LEFT JOIN patients parent ON parent.user_id = app_user_id();
  INSERT INTO patient_proxies (id, patient_id, user_id, relationship, capabilities, valid_until)
  VALUES (grant_id, child, app_user_id(), relation, ARRAY['view', 'book', 'cancel', 'records'], born + interval '18 years');
END $$;--> statement-breakpoint

-- What a doctor's times hang on marks the doctor's own row: a booking that knows the row's version (xmin) need not read all of it again.
CREATE FUNCTION touch_doctor() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN UPDATE doctors SET updated_at = now() WHERE id = OLD.doctor_id; END IF;
  IF TG_OP <> 'DELETE' THEN UPDATE doctors SET updated_at = now() WHERE id = NEW.doctor_id; END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION touch_doctors_of_location() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE doctors SET updated_at = now() WHERE id IN (
    SELECT doctor_id FROM doctor_locations WHERE location_id = NEW.id
    UNION SELECT doctor_id FROM schedule_rules WHERE location_id = NEW.id
    UNION SELECT doctor_id FROM schedule_exceptions WHERE location_id = NEW.id);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER schedule_rules_touch AFTER INSERT OR UPDATE OR DELETE ON schedule_rules FOR EACH ROW EXECUTE FUNCTION touch_doctor();--> statement-breakpoint
CREATE TRIGGER schedule_exceptions_touch AFTER INSERT OR UPDATE OR DELETE ON schedule_exceptions FOR EACH ROW EXECUTE FUNCTION touch_doctor();--> statement-breakpoint
CREATE TRIGGER doctor_services_touch AFTER INSERT OR UPDATE OR DELETE ON doctor_services FOR EACH ROW EXECUTE FUNCTION touch_doctor();--> statement-breakpoint
CREATE TRIGGER doctor_locations_touch AFTER INSERT OR UPDATE OR DELETE ON doctor_locations FOR EACH ROW EXECUTE FUNCTION touch_doctor();--> statement-breakpoint
CREATE TRIGGER locations_touch AFTER UPDATE ON locations FOR EACH ROW EXECUTE FUNCTION touch_doctors_of_location();--> statement-breakpoint

-- The audit log: who, when, for whom, what. Columns named in the trigger's arguments are told of without their values.
CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  new_row jsonb;
  old_row jsonb;
  any_row jsonb;
  diff jsonb;
BEGIN
  -- A booking is what happens most: it need not be turned into json to be named.
  IF TG_OP = 'INSERT' AND TG_TABLE_NAME = 'appointments' THEN
    INSERT INTO audit_log (actor_kind, user_id, role, job, request_id, patient_id, table_name, row_id, operation)
    VALUES (coalesce(app_kind(), 'database'), app_user_id(), app_role(), nullif(current_setting('app.job', true), ''),
      nullif(current_setting('app.request_id', true), ''), NEW.patient_id, 'appointments', NEW.id::text, 'INSERT');
    RETURN NULL;
  END IF;
  new_row := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  old_row := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  any_row := coalesce(new_row, old_row);
  IF TG_OP = 'UPDATE' THEN
    SELECT jsonb_object_agg(n.key, CASE WHEN n.key = ANY (TG_ARGV) THEN '"protected"'::jsonb ELSE jsonb_build_array(o.value, n.value) END)
    INTO diff
    FROM jsonb_each(new_row) n JOIN jsonb_each(old_row) o USING (key)
    WHERE n.value IS DISTINCT FROM o.value AND n.key NOT IN ('updated_at', 'version');
    IF diff IS NULL THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO audit_log (actor_kind, user_id, role, job, request_id, patient_id, table_name, row_id, operation, changes)
  VALUES (
    coalesce(app_kind(), 'database'), app_user_id(), app_role(),
    nullif(current_setting('app.job', true), ''), nullif(current_setting('app.request_id', true), ''),
    CASE WHEN TG_TABLE_NAME = 'patients' THEN (any_row->>'id')::uuid ELSE (any_row->>'patient_id')::uuid END,
    TG_TABLE_NAME,
    coalesce(any_row->>'id', concat_ws(':', any_row->>'doctor_id', any_row->>'room_id', any_row->>'user_id', any_row->>'service_id',
      any_row->>'location_id', any_row->>'channel', any_row->>'key')),
    TG_OP, diff);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER users_audit AFTER INSERT OR UPDATE OR DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION audit_row('password_hash', 'email', 'display_name');--> statement-breakpoint
CREATE TRIGGER sessions_audit AFTER INSERT OR UPDATE OF revoked_at OR DELETE ON sessions
  FOR EACH ROW EXECUTE FUNCTION audit_row('ip_address', 'user_agent');--> statement-breakpoint
CREATE TRIGGER patients_audit AFTER INSERT OR UPDATE OR DELETE ON patients
  FOR EACH ROW EXECUTE FUNCTION audit_row('given_name', 'family_name', 'date_of_birth', 'sex', 'email', 'phone', 'address');--> statement-breakpoint
CREATE TRIGGER patient_proxies_audit AFTER INSERT OR UPDATE OR DELETE ON patient_proxies FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER appointments_audit AFTER INSERT OR UPDATE OR DELETE ON appointments
  FOR EACH ROW EXECUTE FUNCTION audit_row('reason', 'cancel_reason', 'video_url');--> statement-breakpoint
CREATE TRIGGER locations_audit AFTER INSERT OR UPDATE OR DELETE ON locations FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER rooms_audit AFTER INSERT OR UPDATE OR DELETE ON rooms FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER room_services_audit AFTER INSERT OR UPDATE OR DELETE ON room_services FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER services_audit AFTER INSERT OR UPDATE OR DELETE ON services FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER doctors_audit AFTER INSERT OR UPDATE OR DELETE ON doctors FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER doctor_services_audit AFTER INSERT OR UPDATE OR DELETE ON doctor_services FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER doctor_locations_audit AFTER INSERT OR UPDATE OR DELETE ON doctor_locations FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER schedule_rules_audit AFTER INSERT OR UPDATE OR DELETE ON schedule_rules FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER schedule_exceptions_audit AFTER INSERT OR UPDATE OR DELETE ON schedule_exceptions FOR EACH ROW EXECUTE FUNCTION audit_row('reason');--> statement-breakpoint
CREATE TRIGGER settings_audit AFTER INSERT OR UPDATE OR DELETE ON settings FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint

-- Views for common queries. security_invoker: the reader's policies hold, not the owner's.
CREATE VIEW appointment_details WITH (security_invoker = true) AS
SELECT a.id, a.reference, a.status, a.starts_at, a.ends_at, a.confirmed_at, a.hold_expires_at, a.hold_extended, a.reschedule_count, a.reason, a.video_url,
  a.override_reason, a.cancel_reason, a.cancelled_at, a.series_id, a.version, a.created_at, a.updated_at, a.requested_at,
  a.service_id, s.name AS service_name, s.modality, s.duration_minutes,
  a.doctor_id, d.name AS doctor_name, d.specialty AS doctor_specialty,
  a.location_id, l.name AS location_name, l.time_zone, l.address AS location_address, l.phone AS location_phone,
  a.room_id, r.name AS room_name,
  a.patient_id, p.given_name AS patient_given_name, p.family_name AS patient_family_name, p.record_number AS patient_record_number
FROM appointments a
JOIN services s ON s.id = a.service_id
JOIN doctors d ON d.id = a.doctor_id
JOIN locations l ON l.id = a.location_id
LEFT JOIN rooms r ON r.id = a.room_id
LEFT JOIN patients p ON p.id = a.patient_id;--> statement-breakpoint
CREATE VIEW daily_visits WITH (security_invoker = true) AS
SELECT (a.starts_at AT TIME ZONE l.time_zone)::date AS day, a.location_id, a.doctor_id, a.service_id,
  count(*)::int AS visits,
  count(*) FILTER (WHERE a.status = 'fulfilled')::int AS fulfilled,
  count(*) FILTER (WHERE a.status = 'no_show')::int AS no_shows
FROM appointments a JOIN locations l ON l.id = a.location_id
WHERE a.status NOT IN ('held', 'cancelled')
GROUP BY 1, 2, 3, 4;--> statement-breakpoint
CREATE VIEW visit_lead_times WITH (security_invoker = true) AS
SELECT a.id, a.location_id, a.doctor_id, a.service_id, a.status, a.starts_at,
  greatest(0, (a.starts_at AT TIME ZONE l.time_zone)::date - (a.requested_at AT TIME ZONE l.time_zone)::date) AS lead_days
FROM appointments a JOIN locations l ON l.id = a.location_id
WHERE a.status IN ('fulfilled', 'no_show');--> statement-breakpoint

-- Row-level security binds the tables' owner too.
ALTER TABLE users FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE refresh_tokens FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE account_tokens FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE patients FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE patient_proxies FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE appointments FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE appointment_events FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE notifications FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE notification_preferences FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;--> statement-breakpoint

-- Grants. The app reads and writes rows; it may not drop, truncate, alter, or touch the audit log, the machine or past events.
GRANT USAGE ON SCHEMA public TO slotwell_app, slotwell_definer;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO slotwell_app;--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO slotwell_app;--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE ON audit_log, appointment_transitions, doctor_busy_days FROM slotwell_app;--> statement-breakpoint
REVOKE UPDATE, DELETE ON appointment_events FROM slotwell_app;--> statement-breakpoint
GRANT SELECT ON patients, patient_proxies, appointment_transitions TO slotwell_definer;--> statement-breakpoint
-- `rebuild_busy_days` locks the visits in a mode that keeps writers out, which takes UPDATE.
GRANT SELECT, UPDATE, DELETE ON appointments TO slotwell_definer;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON doctor_busy_days TO slotwell_definer;--> statement-breakpoint
GRANT SELECT, INSERT ON audit_log TO slotwell_definer;--> statement-breakpoint
GRANT INSERT ON patients, patient_proxies TO slotwell_definer;--> statement-breakpoint
GRANT USAGE ON SEQUENCE patient_record_numbers TO slotwell_definer;--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO slotwell_definer;--> statement-breakpoint
DO $$
DECLARE
  f text;
BEGIN
  FOREACH f IN ARRAY ARRAY[
    'app_patient_ids()', 'appointments_check_transition()', 'mark_busy(uuid, tstzrange)', 'clear_busy(uuid, tstzrange)', 'rebuild_busy_day(uuid, date)',
    'appointments_keep_busy_days()', 'rebuild_busy_days()', 'doctor_busy(uuid[], tstzrange, timestamptz, uuid)',
    'room_busy(uuid[], tstzrange, timestamptz, uuid)', 'doctors_with_expired_holds(timestamptz)',
    'release_expired_holds(uuid, uuid, uuid, tstzrange, timestamptz)', 'audit_row()',
    'search_patients(text[], text, date[], text, text, date[], text, integer, text, text, uuid, integer)',
    'register_child(uuid, uuid, text, text, date, text, text, timestamptz)']
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO slotwell_definer', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM slotwell_definer;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app_patient_ids(), doctor_busy(uuid[], tstzrange, timestamptz, uuid), room_busy(uuid[], tstzrange, timestamptz, uuid),
  doctors_with_expired_holds(timestamptz), release_expired_holds(uuid, uuid, uuid, tstzrange, timestamptz), rebuild_busy_days(),
  search_patients(text[], text, date[], text, text, date[], text, integer, text, text, uuid, integer),
  register_child(uuid, uuid, text, text, date, text, text, timestamptz) TO slotwell_app;--> statement-breakpoint
-- The web says of itself whether its database is at the newest version.
GRANT USAGE ON SCHEMA drizzle TO slotwell_app;--> statement-breakpoint
GRANT SELECT ON drizzle.__drizzle_migrations TO slotwell_app;
