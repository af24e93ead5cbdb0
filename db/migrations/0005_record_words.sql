-- The words in which the policies of medical records speak. They look at tables that the next migration makes.
SET LOCAL check_function_bodies = off;--> statement-breakpoint
-- What lets the actor to a patient's records at this instant: system, self, treating, grant, break_glass, proxy; null where nothing does.
-- A treating relation is a visit with that doctor, past or booked, within `clinic.recordAccessDays` (a year without a word about it).
CREATE FUNCTION record_access(patient uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  doctor uuid := app_doctor_id();
  reach interval;
BEGIN
  IF app_is_system() THEN RETURN 'system'; END IF;
  IF app_kind() IS DISTINCT FROM 'user' THEN RETURN NULL; END IF;
  -- First, as a doctor reads of themselves what any patient would.
  IF EXISTS (SELECT FROM patients p WHERE p.id = patient AND p.user_id = app_user_id()) THEN RETURN 'self'; END IF;
  IF app_role() = 'doctor' AND doctor IS NOT NULL THEN
    reach := make_interval(days => coalesce((SELECT (s.value #>> '{}')::integer FROM settings s WHERE s.key = 'clinic.recordAccessDays'), 365));
    IF EXISTS (SELECT FROM appointments a WHERE a.patient_id = patient AND a.doctor_id = doctor
      AND a.status NOT IN ('held', 'cancelled', 'no_show') AND a.starts_at > at - reach AND a.starts_at < at + reach) THEN RETURN 'treating'; END IF;
    IF EXISTS (SELECT FROM record_grants g WHERE g.patient_id = patient AND g.doctor_id = doctor
      AND g.revoked_at IS NULL AND (g.valid_until IS NULL OR g.valid_until > at)) THEN RETURN 'grant'; END IF;
    IF EXISTS (SELECT FROM break_glass b WHERE b.patient_id = patient AND b.doctor_id = doctor
      AND b.closed_at IS NULL AND b.expires_at > at) THEN RETURN 'break_glass'; END IF;
  END IF;
  IF EXISTS (SELECT FROM patient_proxies x WHERE x.patient_id = patient AND x.user_id = app_user_id() AND 'records' = ANY (x.capabilities)
    AND x.revoked_at IS NULL AND (x.valid_until IS NULL OR x.valid_until > at)) THEN RETURN 'proxy'; END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
-- Patients and proxies read what is released and stands; a draft is its author's alone.
CREATE FUNCTION app_sees_record(patient uuid, status text, release text, author uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  access text := record_access(patient, now());
BEGIN
  RETURN CASE
    WHEN access IS NULL THEN false
    WHEN access = 'system' THEN true
    WHEN access IN ('self', 'proxy') THEN release = 'released' AND status IN ('signed', 'amended')
    ELSE status <> 'draft' OR author = app_doctor_id()
  END;
END $$;--> statement-breakpoint
CREATE FUNCTION app_writes_records(patient uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
  $$ SELECT coalesce(record_access(patient, now()) IN ('system', 'treating', 'grant', 'break_glass'), false) $$;--> statement-breakpoint
CREATE FUNCTION app_grants_records(patient uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
  $$ SELECT coalesce(record_access(patient, now()) IN ('system', 'treating', 'self'), false) $$;--> statement-breakpoint
-- Whose released records the account reads: its own, and those of whoever lets it.
CREATE FUNCTION app_record_reader_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 3 SET search_path = public, pg_temp AS $$
  SELECT id FROM patients WHERE user_id = app_user_id() AND app_kind() = 'user'
  UNION ALL
  SELECT patient_id FROM patient_proxies
  WHERE user_id = app_user_id() AND app_kind() = 'user' AND 'records' = ANY (capabilities)
    AND revoked_at IS NULL AND (valid_until IS NULL OR valid_until > now())
$$;--> statement-breakpoint
-- That there are records, and how many; for staff whose work needs to know no more.
CREATE FUNCTION record_count(patient uuid) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN app_is_staff() OR app_is_system() THEN
    (SELECT count(*)::int FROM medical_records r WHERE r.patient_id = patient AND r.status IN ('signed', 'amended')) END
$$;
