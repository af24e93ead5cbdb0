-- As 0013 made it, but that whoever loses a time to a visit is told at once: holds that have run out are swept only where no live one stands in the way, and
-- the room is asked for only where the doctor is free.
CREATE OR REPLACE FUNCTION write_visit(who text[], visit uuid, code text, state text, for_service uuid, with_doctor uuid, place uuid, in_room uuid, for_patient uuid,
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
    EXIT WHEN written IS NOT NULL;
    is_doctor_busy := EXISTS (SELECT FROM doctor_busy(ARRAY[with_doctor], busy_span, at));
    EXIT WHEN is_doctor_busy OR release_expired_holds(with_doctor, in_room, for_patient, busy_span, at) = 0;
  END LOOP;
  IF written IS NULL THEN
    -- Once more where nobody was: another may have swept the same hold and taken its time.
    is_doctor_busy := is_doctor_busy OR EXISTS (SELECT FROM doctor_busy(ARRAY[with_doctor], busy_span, at));
    is_room_busy := NOT is_doctor_busy AND EXISTS (SELECT FROM room_busy(ARRAY[in_room], busy_span, at));
  ELSE
    INSERT INTO appointment_events (id, appointment_id, type, version, actor_kind, actor_user_id, data, at)
    VALUES (event, visit, event_type, 1, app_kind(), app_user_id(), event_data, at);
    IF topic IS NOT NULL THEN
      INSERT INTO outbox (id, topic, payload) VALUES (message, topic, jsonb_build_object('appointmentId', visit, 'version', 1));
    END IF;
  END IF;
  RETURN NEXT;
END $$;
