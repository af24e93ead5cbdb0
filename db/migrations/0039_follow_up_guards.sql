ALTER TABLE next_visits FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE recalls FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE recall_patients FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON next_visits TO slotwell_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON recalls TO slotwell_app;--> statement-breakpoint
-- Who is due is found by the worker; the web notes who was asked, and takes out who is erased.
GRANT SELECT, UPDATE, DELETE ON recall_patients TO slotwell_app;--> statement-breakpoint
GRANT INSERT ON recall_patients TO slotwell_worker;--> statement-breakpoint
CREATE TRIGGER next_visits_audit AFTER INSERT OR UPDATE OR DELETE ON next_visits FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
-- How far a look has come is no change of the recall's. What it finds is made of visits and consents, which have their own lines.
CREATE TRIGGER recalls_audit
  AFTER INSERT OR UPDATE OF name, service_id, months, counts_any_visit, doctor_id, location_id, min_age, max_age, active OR DELETE
  ON recalls FOR EACH ROW EXECUTE FUNCTION audit_row();
