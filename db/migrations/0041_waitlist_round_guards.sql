-- A round: offers of one time that are open at once, to patients who know nothing of each other. What they share, no policy lets any of them see or change.
CREATE FUNCTION may_answer_offer(whose uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT app_sees_all() OR whose IN (SELECT app_patient_ids('book'))
$$;--> statement-breakpoint
-- Whether a hold keeps a time for a round: it is nobody's to book, to extend or to let go.
CREATE FUNCTION is_offered(hold uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM waitlist_offers WHERE appointment_id = hold AND status = 'open')
$$;--> statement-breakpoint
-- Locks the round of an offer, its hold first: of all who answer it, or end it, one comes after the other. Wishes are locked before it.
CREATE FUNCTION lock_round(offer uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  o waitlist_offers;
BEGIN
  SELECT * INTO o FROM waitlist_offers WHERE id = offer AND may_answer_offer(patient_id);
  PERFORM FROM appointments WHERE id = o.appointment_id AND status = 'held' FOR UPDATE;
  PERFORM FROM waitlist_offers WHERE doctor_id = o.doctor_id AND starts_at = o.starts_at AND status = 'open' ORDER BY id FOR UPDATE;
END $$;--> statement-breakpoint
-- Ends an open offer of a locked round. One that is accepted ends the others, and the time is free for its visit in this transaction; the last of a round that is not
-- accepted gives its time back, and `event` tells that it may be offered on.
CREATE FUNCTION answer_offer(offer uuid, answer text, at timestamptz, event uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  o waitlist_offers;
BEGIN
  UPDATE waitlist_offers SET status = answer, answered_at = at WHERE id = offer AND status = 'open' AND may_answer_offer(patient_id) RETURNING * INTO o;
  IF o.id IS NULL THEN RETURN; END IF;
  IF answer = 'accepted' THEN
    UPDATE waitlist_offers SET status = 'taken', answered_at = at WHERE doctor_id = o.doctor_id AND starts_at = o.starts_at AND status = 'open';
  ELSIF EXISTS (SELECT FROM waitlist_offers WHERE doctor_id = o.doctor_id AND starts_at = o.starts_at AND status = 'open') THEN
    RETURN;
  END IF;
  DELETE FROM appointments WHERE status = 'held' AND id IN (
    SELECT appointment_id FROM waitlist_offers WHERE doctor_id = o.doctor_id AND starts_at = o.starts_at);
  IF answer <> 'accepted' THEN
    INSERT INTO outbox (id, topic, payload) VALUES (event, 'time.freed', jsonb_build_object('doctorId', o.doctor_id,
      'from', to_char(o.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'to', to_char(o.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')));
  END IF;
END $$;--> statement-breakpoint
GRANT SELECT, UPDATE ON waitlist_offers TO slotwell_definer;--> statement-breakpoint
GRANT INSERT ON outbox TO slotwell_definer;--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO slotwell_definer;--> statement-breakpoint
ALTER FUNCTION is_offered(uuid) OWNER TO slotwell_definer;--> statement-breakpoint
ALTER FUNCTION lock_round(uuid) OWNER TO slotwell_definer;--> statement-breakpoint
ALTER FUNCTION answer_offer(uuid, text, timestamptz, uuid) OWNER TO slotwell_definer;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM slotwell_definer;--> statement-breakpoint
REVOKE ALL ON FUNCTION may_answer_offer(uuid), is_offered(uuid), lock_round(uuid), answer_offer(uuid, text, timestamptz, uuid) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION may_answer_offer(uuid) TO slotwell_definer;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION is_offered(uuid), lock_round(uuid), answer_offer(uuid, text, timestamptz, uuid) TO slotwell_app;--> statement-breakpoint
-- As before, but for the last condition: what is kept for a round gives way to nobody, whoever knows its id or made it.
CREATE OR REPLACE FUNCTION booking_facts(who text[], of_service uuid, of_doctor uuid, for_patient uuid, starting timestamptz, by_hold uuid, moved uuid, at timestamptz)
RETURNS TABLE (service_id uuid, doctor_id uuid, stamp text, given_name text, family_name text, is_own boolean, capabilities text[], busy json, holds json)
LANGUAGE plpgsql ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  PERFORM act_as(who);
  RETURN QUERY
  SELECT s.id, d.id, concat_ws(' ', s.xmin, s.ctid, d.xmin, d.ctid), p.given_name, p.family_name,
    p.user_id IS NOT DISTINCT FROM me.id,
    CASE WHEN p.user_id IS DISTINCT FROM me.id THEN (
      SELECT g.capabilities FROM patient_proxies g
      WHERE g.patient_id = p.id AND g.user_id = me.id AND g.revoked_at IS NULL AND (g.valid_until IS NULL OR g.valid_until > at)) END,
    CASE WHEN EXISTS (
      SELECT FROM doctor_busy_days c WHERE c.doctor_id = d.id AND c.day BETWEEN lower(span.busy)::date AND upper(span.busy)::date
        AND (c.bits & busy_cells(span.busy, c.day)) <> 0::bit(288)) THEN (
      SELECT json_agg(json_build_array(extract(epoch FROM b.starts), extract(epoch FROM b.ends))) FROM doctor_busy(ARRAY[d.id], span.busy, at, moved) b) END,
    (SELECT json_agg(json_build_object('id', h.id, 'doctorId', h.doctor_id, 'locationId', h.location_id, 'serviceId', h.service_id,
      'roomId', h.room_id, 'patientId', h.patient_id, 'version', h.version, 'isLive', h.hold_expires_at > at,
      'visit', json_build_array(extract(epoch FROM h.starts_at), extract(epoch FROM h.ends_at)),
      'busy', json_build_array(extract(epoch FROM lower(h.busy)), extract(epoch FROM upper(h.busy)))))
    FROM appointments h WHERE h.status = 'held' AND h.hold_expires_at IS NOT NULL AND (h.patient_id = for_patient
      OR (h.id = by_hold AND h.patient_id IS NULL)
      -- A parent's hold gives way to the parent; what reception holds for one patient does not give way to another.
      OR (h.created_by_user_id = me.id AND h.doctor_id = d.id AND (h.patient_id IS NULL OR app_role() = 'patient')))
      AND (h.patient_id IS NOT NULL OR NOT is_offered(h.id)))
  FROM (SELECT app_user_id() AS id) me
  LEFT JOIN services s ON s.id = of_service
  LEFT JOIN doctors d ON d.id = of_doctor
  LEFT JOIN patients p ON p.id = for_patient
  CROSS JOIN LATERAL (SELECT tstzrange(starting - make_interval(mins => coalesce(s.buffer_before_minutes, 0)),
    starting + make_interval(mins => coalesce(s.duration_minutes, 0) + coalesce(s.buffer_after_minutes, 0))) AS busy) span;
END $$;
