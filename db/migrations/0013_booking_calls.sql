-- A booking in two calls. Each says who acts and does its work as that actor, with every policy in force: one statement, so a transaction of its own where
-- the caller has not begun one, and one round trip.

-- Tells for this transaction who acts: kind, user, role, doctor, patient, job, request.
CREATE FUNCTION act_as(who text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('app.kind', who[1], true), set_config('app.user_id', who[2], true), set_config('app.role', who[3], true),
    set_config('app.doctor_id', who[4], true), set_config('app.patient_id', who[5], true), set_config('app.job', who[6], true),
    set_config('app.request_id', who[7], true);
END $$;--> statement-breakpoint

-- What one booking is decided on, as far as it changes from one to the next. Other people's visits come as busy ranges, and only where the busy cells are not free.
CREATE FUNCTION booking_facts(who text[], of_service uuid, of_doctor uuid, for_patient uuid, starting timestamptz, by_hold uuid, moved uuid, at timestamptz)
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
      OR (h.created_by_user_id = me.id AND h.doctor_id = d.id AND (h.patient_id IS NULL OR app_role() = 'patient'))))
  FROM (SELECT app_user_id() AS id) me
  LEFT JOIN services s ON s.id = of_service
  LEFT JOIN doctors d ON d.id = of_doctor
  LEFT JOIN patients p ON p.id = for_patient
  CROSS JOIN LATERAL (SELECT tstzrange(starting - make_interval(mins => coalesce(s.buffer_before_minutes, 0)),
    starting + make_interval(mins => coalesce(s.duration_minutes, 0) + coalesce(s.buffer_after_minutes, 0))) AS busy) span;
END $$;--> statement-breakpoint

-- Writes a visit or a hold with its event and its message, and sweeps holds that have run out from its time. `written` is null where a constraint refused it, which waits for
-- no other loser and ends no transaction, as a caught 23P01 would; then the others say who is busy: each statement here sees what was committed before it.
CREATE FUNCTION write_visit(who text[], visit uuid, code text, state text, for_service uuid, with_doctor uuid, place uuid, in_room uuid, for_patient uuid,
  visit_span tstzrange, busy_span tstzrange, why text, override text, video text, held_until timestamptz, series uuid, external text, at timestamptz,
  event uuid, event_type text, event_data jsonb, message uuid, topic text)
RETURNS TABLE (written timestamptz, is_doctor_busy boolean, is_room_busy boolean) LANGUAGE plpgsql ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  PERFORM act_as(who);
  LOOP
    INSERT INTO appointments (id, reference, status, service_id, doctor_id, location_id, room_id, patient_id, during, busy, reason, override_reason,
      video_url, hold_expires_at, series_id, external_id, created_by_user_id, requested_at)
    VALUES (visit, code, state, for_service, with_doctor, place, in_room, for_patient, visit_span, busy_span, why, override,
      video, held_until, series, external, app_user_id(), at)
    ON CONFLICT DO NOTHING RETURNING created_at INTO written;
    EXIT WHEN written IS NOT NULL OR release_expired_holds(with_doctor, in_room, for_patient, busy_span, at) = 0;
  END LOOP;
  IF written IS NULL THEN
    is_doctor_busy := EXISTS (SELECT FROM doctor_busy(ARRAY[with_doctor], busy_span, at));
    is_room_busy := EXISTS (SELECT FROM room_busy(ARRAY[in_room], busy_span, at));
  ELSE
    INSERT INTO appointment_events (id, appointment_id, type, version, actor_kind, actor_user_id, data, at)
    VALUES (event, visit, event_type, 1, app_kind(), app_user_id(), event_data, at);
    IF topic IS NOT NULL THEN
      INSERT INTO outbox (id, topic, payload) VALUES (message, topic, jsonb_build_object('appointmentId', visit, 'version', 1));
    END IF;
  END IF;
  RETURN NEXT;
END $$;
--> statement-breakpoint

REVOKE ALL ON FUNCTION act_as(text[]), booking_facts(text[], uuid, uuid, uuid, timestamptz, uuid, uuid, timestamptz),
  write_visit(text[], uuid, text, text, uuid, uuid, uuid, uuid, uuid, tstzrange, tstzrange, text, text, text, timestamptz, uuid, text, timestamptz,
    uuid, text, jsonb, uuid, text) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION act_as(text[]), booking_facts(text[], uuid, uuid, uuid, timestamptz, uuid, uuid, timestamptz),
  write_visit(text[], uuid, text, text, uuid, uuid, uuid, uuid, uuid, tstzrange, tstzrange, text, text, text, timestamptz, uuid, text, timestamptz,
    uuid, text, jsonb, uuid, text) TO slotwell_app;
