ALTER TABLE waitlist_entries FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE waitlist_offers FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON waitlist_entries, waitlist_offers TO slotwell_app;--> statement-breakpoint
CREATE TRIGGER waitlist_entries_audit AFTER INSERT OR UPDATE OR DELETE ON waitlist_entries FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER waitlist_offers_audit AFTER INSERT OR UPDATE OR DELETE ON waitlist_offers FOR EACH ROW EXECUTE FUNCTION audit_row();
