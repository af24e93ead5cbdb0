-- Refuses a change of any column but those named in the trigger's arguments; our own jobs (a key rotation) may change more.
CREATE FUNCTION keep_row() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF app_is_system() OR to_jsonb(NEW) - TG_ARGV = to_jsonb(OLD) - TG_ARGV THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a row of % stays as it was written', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER break_glass_keep BEFORE UPDATE ON break_glass FOR EACH ROW EXECUTE FUNCTION keep_row('closed_at');--> statement-breakpoint
CREATE TRIGGER record_grants_keep BEFORE UPDATE ON record_grants FOR EACH ROW EXECUTE FUNCTION keep_row('revoked_at');--> statement-breakpoint
CREATE TRIGGER data_keys_keep BEFORE UPDATE ON data_keys FOR EACH ROW EXECUTE FUNCTION keep_row();--> statement-breakpoint
-- What was signed is never unwritten: not into a draft again, nor onto another patient or author.
CREATE FUNCTION medical_records_keep() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.status = 'draft' AND OLD.status <> 'draft') OR OLD.status = 'entered_in_error' AND NEW.status <> OLD.status
    OR NEW.patient_id <> OLD.patient_id OR NEW.doctor_id <> OLD.doctor_id OR NEW.current_version < OLD.current_version THEN
    RAISE EXCEPTION 'a signed record stays what it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'medical_records_status_machine';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER medical_records_keep BEFORE UPDATE ON medical_records FOR EACH ROW EXECUTE FUNCTION medical_records_keep();--> statement-breakpoint
-- A signed wording is only ever sealed anew, under another key, by a rotation.
CREATE FUNCTION record_versions_keep() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.signed_at IS NULL AND NEW.record_id = OLD.record_id AND NEW.patient_id = OLD.patient_id AND NEW.number = OLD.number THEN RETURN NEW; END IF;
  IF app_is_system() AND NEW.key_id <> OLD.key_id
    AND to_jsonb(NEW) - ARRAY['content_sealed', 'key_id'] = to_jsonb(OLD) - ARRAY['content_sealed', 'key_id'] THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a signed version is never overwritten' USING ERRCODE = 'check_violation', CONSTRAINT = 'record_versions_kept';
END $$;--> statement-breakpoint
CREATE TRIGGER record_versions_keep BEFORE UPDATE ON record_versions FOR EACH ROW EXECUTE FUNCTION record_versions_keep();--> statement-breakpoint
CREATE TRIGGER medical_records_audit AFTER INSERT OR UPDATE OR DELETE ON medical_records
  FOR EACH ROW EXECUTE FUNCTION audit_row('withheld_reason_sealed', 'error_reason_sealed');--> statement-breakpoint
CREATE TRIGGER record_versions_audit AFTER INSERT OR UPDATE OR DELETE ON record_versions FOR EACH ROW EXECUTE FUNCTION audit_row('content_sealed');--> statement-breakpoint
CREATE TRIGGER record_attachments_audit AFTER INSERT OR UPDATE OR DELETE ON record_attachments FOR EACH ROW EXECUTE FUNCTION audit_row('meta_sealed');--> statement-breakpoint
CREATE TRIGGER record_grants_audit AFTER INSERT OR UPDATE OR DELETE ON record_grants FOR EACH ROW EXECUTE FUNCTION audit_row('reason_sealed');--> statement-breakpoint
CREATE TRIGGER break_glass_audit AFTER INSERT OR UPDATE OR DELETE ON break_glass FOR EACH ROW EXECUTE FUNCTION audit_row('reason_sealed');--> statement-breakpoint
CREATE TRIGGER record_templates_audit AFTER INSERT OR UPDATE OR DELETE ON record_templates FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER data_keys_audit AFTER INSERT OR UPDATE OR DELETE ON data_keys FOR EACH ROW EXECUTE FUNCTION audit_row('wrapped');--> statement-breakpoint
CREATE TRIGGER key_rotations_audit AFTER INSERT OR UPDATE OF finished_at OR DELETE ON key_rotations FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
DROP TRIGGER patients_audit ON patients;--> statement-breakpoint
CREATE TRIGGER patients_audit AFTER INSERT OR UPDATE OR DELETE ON patients FOR EACH ROW EXECUTE FUNCTION
  audit_row('given_name', 'family_name', 'date_of_birth', 'sex', 'email', 'phone', 'address', 'contact_sealed', 'contact_tokens');--> statement-breakpoint
ALTER TABLE data_keys FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE key_rotations FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE medical_records FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE record_versions FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE record_attachments FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE record_grants FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE break_glass FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE access_log FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON data_keys, key_rotations, medical_records, record_versions, record_attachments, record_templates TO slotwell_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON record_grants, break_glass TO slotwell_app;--> statement-breakpoint
-- The log of reads only grows.
GRANT SELECT, INSERT ON access_log TO slotwell_app;--> statement-breakpoint
GRANT SELECT ON settings, record_grants, break_glass, medical_records TO slotwell_definer;--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO slotwell_definer;--> statement-breakpoint
DO $$
DECLARE
  f text;
BEGIN
  FOREACH f IN ARRAY ARRAY['record_access(uuid, timestamptz)', 'app_sees_record(uuid, text, text, uuid)', 'app_writes_records(uuid)',
    'app_grants_records(uuid)', 'app_record_reader_ids()', 'record_count(uuid)']
  LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO slotwell_definer', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO slotwell_app', f);
  END LOOP;
END $$;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM slotwell_definer;
