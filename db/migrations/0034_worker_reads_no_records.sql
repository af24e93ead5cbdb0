-- The worker sends messages, clears away and seals: no record is its business, and nobody's password or address is its to set.
REVOKE ALL ON medical_records, record_versions, record_attachments, record_templates, record_grants, break_glass FROM slotwell_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON medical_records, record_versions, record_attachments, record_templates TO slotwell_web;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON record_grants, break_glass TO slotwell_web;--> statement-breakpoint
REVOKE UPDATE ON users FROM slotwell_worker;--> statement-breakpoint
-- The web answers for what a link says; it makes none. Nor does it say what was cleared away.
REVOKE INSERT, DELETE ON message_links FROM slotwell_app;--> statement-breakpoint
GRANT INSERT, DELETE ON message_links TO slotwell_worker;--> statement-breakpoint
REVOKE INSERT ON retention_runs FROM slotwell_app;--> statement-breakpoint
GRANT INSERT ON retention_runs TO slotwell_worker;--> statement-breakpoint
-- A rotation of keys is run by hand.
REVOKE ALL ON key_rotations FROM slotwell_app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON key_rotations TO slotwell_operator;
