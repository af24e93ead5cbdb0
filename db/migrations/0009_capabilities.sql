-- What a grant says, so that policies can ask: the account itself, and those whose live grants to it name the capability.
SET LOCAL check_function_bodies = off;--> statement-breakpoint
CREATE FUNCTION app_patient_ids(capability text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER ROWS 3 SET search_path = public, pg_temp AS $$
  SELECT id FROM patients WHERE user_id = app_user_id() AND app_kind() = 'user'
  UNION ALL
  SELECT patient_id FROM patient_proxies
  WHERE user_id = app_user_id() AND app_kind() = 'user' AND revoked_at IS NULL AND (valid_until IS NULL OR valid_until > now())
    AND capability = ANY (capabilities)
$$;--> statement-breakpoint
-- Asked as the caller: a row can be locked by those whom a policy lets change it. Volatile, as it must see the visit that the very statement has
-- just written, which a sub-select of a policy cannot.
CREATE FUNCTION may_write_visit(visit uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM FROM appointments WHERE id = visit FOR KEY SHARE;
  RETURN FOUND;
END $$;--> statement-breakpoint

-- A policy cannot compare a row with what it was: whoever may change a visit or a patient may not make them somebody else's.
CREATE FUNCTION check_whose() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF app_kind() = 'user' AND NOT app_sees_all() THEN
    RAISE EXCEPTION 'only the clinic says whose this is' USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER appointments_whose BEFORE UPDATE OF patient_id ON appointments FOR EACH ROW
  WHEN (OLD.patient_id IS NOT NULL AND OLD.patient_id IS DISTINCT FROM NEW.patient_id) EXECUTE FUNCTION check_whose();--> statement-breakpoint
CREATE TRIGGER patients_whose BEFORE UPDATE OF user_id ON patients FOR EACH ROW
  WHEN (OLD.user_id IS DISTINCT FROM NEW.user_id) EXECUTE FUNCTION check_whose();--> statement-breakpoint
-- Nor may a grant be bent: it is made and ended.
CREATE TRIGGER patient_proxies_whose BEFORE UPDATE OF patient_id, user_id, capabilities ON patient_proxies FOR EACH ROW
  WHEN (OLD.patient_id IS DISTINCT FROM NEW.patient_id OR OLD.user_id IS DISTINCT FROM NEW.user_id OR OLD.capabilities IS DISTINCT FROM NEW.capabilities)
  EXECUTE FUNCTION check_whose();--> statement-breakpoint

GRANT CREATE ON SCHEMA public TO slotwell_definer;--> statement-breakpoint
ALTER FUNCTION app_patient_ids(text) OWNER TO slotwell_definer;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM slotwell_definer;--> statement-breakpoint
REVOKE ALL ON FUNCTION app_patient_ids(text), may_write_visit(uuid) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION app_patient_ids(text), may_write_visit(uuid) TO slotwell_app;
