-- The account's name comes with the session: every page of staff shows it.
DROP FUNCTION live_session(uuid, timestamptz, timestamptz);--> statement-breakpoint

-- Whose a live session is, with the account as it is now: what every request asks first, in one statement that says itself who acts. `touch_before`: an older "last seen" is
-- set to `at`; null where nobody did anything.
CREATE FUNCTION live_session(session uuid, at timestamptz, touch_before timestamptz)
RETURNS TABLE (user_id uuid, role text, display_name text, patient_id uuid, doctor_id uuid, kind text, expires_at timestamptz, seen_at timestamptz, idle_seconds integer,
  authenticated_at timestamptz, has_second_factor boolean)
LANGUAGE plpgsql ROWS 1 AS $$
#variable_conflict use_column
BEGIN
  PERFORM act_as(ARRAY['system', '', '', '', '', 'session', 'session']);
  SELECT s.user_id, u.role, u.display_name, p.id, d.id, s.kind, s.expires_at, s.last_seen_at, s.idle_seconds, s.authenticated_at,
    EXISTS (SELECT FROM totp_secrets t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) OR EXISTS (SELECT FROM passkeys k WHERE k.user_id = u.id)
  INTO user_id, role, display_name, patient_id, doctor_id, kind, expires_at, seen_at, idle_seconds, authenticated_at, has_second_factor
  FROM sessions s JOIN users u ON u.id = s.user_id
    LEFT JOIN patients p ON p.user_id = u.id
    LEFT JOIN doctors d ON d.user_id = u.id
  WHERE s.id = session AND s.revoked_at IS NULL AND u.disabled_at IS NULL;
  IF NOT FOUND THEN RETURN; END IF;
  IF seen_at < touch_before AND (idle_seconds IS NULL OR seen_at + make_interval(secs => idle_seconds) > at) THEN
    UPDATE sessions s SET last_seen_at = at WHERE s.id = session AND s.revoked_at IS NULL AND s.last_seen_at < touch_before;
    IF FOUND THEN seen_at := at; END IF;
  END IF;
  RETURN NEXT;
END $$;--> statement-breakpoint

REVOKE ALL ON FUNCTION live_session(uuid, timestamptz, timestamptz) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION live_session(uuid, timestamptz, timestamptz) TO slotwell_app;
