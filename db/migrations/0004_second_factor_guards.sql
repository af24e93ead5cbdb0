-- Row-level security binds the tables' owner too.
ALTER TABLE totp_secrets FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE recovery_codes FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE passkeys FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE passkey_challenges FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON totp_secrets, recovery_codes, passkeys, passkey_challenges TO slotwell_app;--> statement-breakpoint

-- That a factor came, was used up or went is told of; what it is made of is not.
CREATE TRIGGER totp_secrets_audit AFTER INSERT OR UPDATE OF confirmed_at OR DELETE ON totp_secrets
  FOR EACH ROW EXECUTE FUNCTION audit_row('secret', 'last_step');--> statement-breakpoint
CREATE TRIGGER recovery_codes_audit AFTER UPDATE OF used_at ON recovery_codes
  FOR EACH ROW EXECUTE FUNCTION audit_row('code_hash');--> statement-breakpoint
CREATE TRIGGER passkeys_audit AFTER INSERT OR UPDATE OF name OR DELETE ON passkeys
  FOR EACH ROW EXECUTE FUNCTION audit_row('credential_id', 'public_key', 'sign_count');
