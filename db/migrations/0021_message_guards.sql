ALTER TABLE channel_stops FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE message_links FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE inbound_messages FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON channel_stops, message_links, inbound_messages, message_templates TO slotwell_app;--> statement-breakpoint
CREATE TRIGGER channel_stops_audit AFTER INSERT OR UPDATE OR DELETE ON channel_stops FOR EACH ROW EXECUTE FUNCTION audit_row();--> statement-breakpoint
CREATE TRIGGER message_templates_audit AFTER INSERT OR UPDATE OR DELETE ON message_templates FOR EACH ROW EXECUTE FUNCTION audit_row();
