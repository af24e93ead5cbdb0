-- What an account has that only the worker may delete, or only the web: gone at once, for the erasure of a patient. Asked twice it finds nothing.
CREATE FUNCTION erase_account(account uuid, patient uuid) RETURNS TABLE (what text, removed integer)
LANGUAGE plpgsql SECURITY DEFINER ROWS 8 SET search_path = public, pg_temp AS $$
DECLARE
  t text;
BEGIN
  IF NOT app_is_system() OR EXISTS (SELECT FROM users WHERE id = account AND role <> 'patient') THEN
    RAISE EXCEPTION 'only a patient''s account is erased, and only by an erasure' USING ERRCODE = 'insufficient_privilege';
  END IF;
  -- Refresh tokens go with their sessions.
  FOREACH t IN ARRAY ARRAY['sessions', 'account_tokens', 'totp_secrets', 'recovery_codes', 'passkeys', 'passkey_challenges', 'notification_preferences'] LOOP
    EXECUTE format('DELETE FROM %I WHERE user_id = $1', t) USING account;
    GET DIAGNOSTICS removed = ROW_COUNT;
    what := t;
    RETURN NEXT;
  END LOOP;
  -- Answers that staff were given about the patient name them too; these are kept for a day, so there are few.
  DELETE FROM idempotency_keys WHERE user_id = account OR body::text LIKE '%' || patient || '%';
  GET DIAGNOSTICS removed = ROW_COUNT;
  what := 'idempotency_keys';
  RETURN NEXT;
END $$;--> statement-breakpoint
GRANT SELECT, DELETE ON sessions, refresh_tokens, account_tokens, totp_secrets, recovery_codes, passkeys, passkey_challenges, notification_preferences,
  idempotency_keys TO slotwell_definer;--> statement-breakpoint
GRANT SELECT ON users TO slotwell_definer;--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO slotwell_definer;--> statement-breakpoint
ALTER FUNCTION erase_account(uuid, uuid) OWNER TO slotwell_definer;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM slotwell_definer;--> statement-breakpoint
REVOKE ALL ON FUNCTION erase_account(uuid, uuid) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION erase_account(uuid, uuid) TO slotwell_web;
