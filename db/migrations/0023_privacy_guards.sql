ALTER TABLE consents FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE legal_holds FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE erasures FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE retention_runs FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Consents and what was removed are proof: nobody rewrites them.
GRANT SELECT, INSERT ON consents, retention_runs TO slotwell_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON legal_holds, erasures TO slotwell_app;--> statement-breakpoint
CREATE TRIGGER consents_audit AFTER INSERT OR UPDATE OR DELETE ON consents FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER legal_holds_audit AFTER INSERT OR UPDATE OR DELETE ON legal_holds FOR EACH ROW EXECUTE FUNCTION audit_row('reason');--> statement-breakpoint
CREATE TRIGGER erasures_audit AFTER INSERT OR UPDATE OR DELETE ON erasures FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER retention_runs_audit AFTER INSERT OR UPDATE OR DELETE ON retention_runs FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
-- The log is never changed, so what an erasure blanks must not be written into it by the erasure itself.
DROP TRIGGER patients_audit ON patients;--> statement-breakpoint
CREATE TRIGGER patients_audit AFTER INSERT OR UPDATE OR DELETE ON patients FOR EACH ROW EXECUTE FUNCTION
  audit_row('given_name', 'family_name', 'date_of_birth', 'sex', 'email', 'phone', 'address', 'contact_sealed', 'contact_tokens', 'record_number', 'external_id');--> statement-breakpoint
DROP TRIGGER appointments_audit ON appointments;--> statement-breakpoint
CREATE TRIGGER appointments_audit AFTER INSERT OR UPDATE OR DELETE ON appointments
  FOR EACH ROW EXECUTE FUNCTION audit_row('reason', 'cancel_reason', 'override_reason', 'video_url', 'external_id');--> statement-breakpoint
-- Whoever is erased stays so, but for what our own jobs finish.
CREATE TRIGGER patients_erased BEFORE UPDATE ON patients FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION keep_row();--> statement-breakpoint
-- An erasure holds the patient's row, and the foreign key of a visit waits for it. This trigger fires after the key's (they go by name), with what was
-- committed meanwhile in sight: a booking that was under way is refused, not left behind.
CREATE FUNCTION check_not_erased() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM patients WHERE id = NEW.patient_id AND erased_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the patient is erased' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'appointments_patient_not_erased', TABLE = 'appointments';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER appointments_not_erased AFTER INSERT ON appointments
  FOR EACH ROW WHEN (NEW.patient_id IS NOT NULL) EXECUTE FUNCTION check_not_erased();--> statement-breakpoint
CREATE TRIGGER appointments_not_erased_named AFTER UPDATE OF patient_id ON appointments
  FOR EACH ROW WHEN (NEW.patient_id IS DISTINCT FROM OLD.patient_id) EXECUTE FUNCTION check_not_erased();--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO slotwell_definer;--> statement-breakpoint
ALTER FUNCTION check_not_erased() OWNER TO slotwell_definer;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM slotwell_definer;
