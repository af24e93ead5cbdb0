DROP TRIGGER patients_audit ON patients;--> statement-breakpoint
CREATE TRIGGER patients_audit AFTER INSERT OR UPDATE OR DELETE ON patients FOR EACH ROW EXECUTE FUNCTION
  audit_row('given_name', 'family_name', 'date_of_birth', 'sex', 'record_number', 'email', 'phone', 'address', 'external_id',
    'contact_sealed', 'contact_tokens', 'record_token', 'external_token');--> statement-breakpoint
DROP VIEW appointment_details;--> statement-breakpoint
-- A record number is sealed with its patient; whoever shows one opens it.
CREATE VIEW appointment_details WITH (security_invoker = true) AS
SELECT a.id, a.reference, a.status, a.starts_at, a.ends_at, a.confirmed_at, a.hold_expires_at, a.hold_extended, a.reschedule_count, a.reason, a.video_url,
  a.override_reason, a.cancel_reason, a.cancelled_at, a.series_id, a.version, a.created_at, a.updated_at, a.requested_at,
  a.service_id, s.name AS service_name, s.modality, s.duration_minutes,
  a.doctor_id, d.name AS doctor_name, d.specialty AS doctor_specialty,
  a.location_id, l.name AS location_name, l.time_zone, l.address AS location_address, l.phone AS location_phone,
  a.room_id, r.name AS room_name,
  a.patient_id, p.given_name AS patient_given_name, p.family_name AS patient_family_name
FROM appointments a
JOIN services s ON s.id = a.service_id
JOIN doctors d ON d.id = a.doctor_id
JOIN locations l ON l.id = a.location_id
LEFT JOIN rooms r ON r.id = a.room_id
LEFT JOIN patients p ON p.id = a.patient_id;--> statement-breakpoint
GRANT SELECT ON appointment_details TO slotwell_app;--> statement-breakpoint
DROP FUNCTION search_patients(text[], text, date[], text, text, date[], text, integer, text, text, uuid, integer);--> statement-breakpoint
CREATE FUNCTION search_patients(words text[], loose text, dates date[], digits text, record text, maybe_dates date[], mail text,
  numbers text[], records text[], mails text[], after_place integer, after_family text, after_given text, after_id uuid, how_many integer)
RETURNS TABLE (id uuid, place integer, family text, given text) LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 25
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
-- Sealed identifiers are found by the tokens (`numbers`, `records`, `mails`) of what was typed; `digits`, `record` and `mail` are for rows that wait to be sealed.
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
      AND (mail IS NULL OR p.contact_tokens && mails OR lower(p.email::text) LIKE '%' || mail || '%')
      AND ((digits IS NULL AND record IS NULL) OR p.contact_tokens && numbers OR p.record_token = ANY (records) OR p.date_of_birth = ANY (maybe_dates)
        OR p.phone LIKE '%' || digits || '%' OR p.record_number = record)
  )
  SELECT h.id, h.place, h.family_name, h.given_name FROM hits h
  WHERE after_id IS NULL OR (h.place, h.family_name, h.given_name, h.id) > (after_place, after_family, after_given, after_id)
  ORDER BY h.place, h.family_name, h.given_name, h.id LIMIT how_many;
END $$;--> statement-breakpoint
DROP FUNCTION register_child(uuid, uuid, text, text, date, text, text, timestamptz);--> statement-breakpoint
-- A parent registers a child: key, patient and grant come to be together, which no policy on one table alone can say.
CREATE FUNCTION register_child(child uuid, grant_id uuid, given text, family text, born date, child_sex text, relation text, at timestamptz,
  key_id uuid, kek_id text, wrapped_key bytea, identifiers bytea, tokens text[], record text, index_key uuid, mail boolean, tel boolean)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF app_kind() IS DISTINCT FROM 'user' OR app_role() IS DISTINCT FROM 'patient' OR born + interval '18 years' <= at THEN
    RAISE EXCEPTION 'only an account of a patient registers a child' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO data_keys (id, purpose, patient_id, version, kek_id, wrapped) VALUES (key_id, 'patient', child, 1, kek_id, wrapped_key);
  -- Messages about the child go to the parent.
  INSERT INTO patients (id, given_name, family_name, date_of_birth, sex, contact_sealed, contact_tokens, record_token, key_id, index_key_id,
    has_email, has_phone, time_zone, locale)
  SELECT child, given, family, born, child_sex, identifiers, tokens, record, register_child.key_id, index_key,
    mail, tel, parent.time_zone, coalesce(parent.locale, 'en')
  FROM (SELECT) one LEFT JOIN patients parent ON parent.user_id = app_user_id();
  INSERT INTO patient_proxies (id, patient_id, user_id, relationship, capabilities, valid_until)
  VALUES (grant_id, child, app_user_id(), relation, ARRAY['view', 'book', 'cancel', 'records'], born + interval '18 years');
END $$;--> statement-breakpoint
GRANT INSERT ON data_keys TO slotwell_definer;--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO slotwell_definer;--> statement-breakpoint
DO $$
DECLARE
  f text;
BEGIN
  FOREACH f IN ARRAY ARRAY[
    'search_patients(text[], text, date[], text, text, date[], text, text[], text[], text[], integer, text, text, uuid, integer)',
    'register_child(uuid, uuid, text, text, date, text, text, timestamptz, uuid, text, bytea, bytea, text[], text, uuid, boolean, boolean)']
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO slotwell_definer', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO slotwell_app', f);
  END LOOP;
END $$;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM slotwell_definer;
