CREATE TABLE "channel_stops" (
	"patient_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"reason" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "channel_stops_patient_id_channel_pk" PRIMARY KEY("patient_id","channel"),
	CONSTRAINT "channel_stops_channel_known" CHECK ("channel_stops"."channel" in ('email', 'sms')),
	CONSTRAINT "channel_stops_reason_known" CHECK ("channel_stops"."reason" in ('stop', 'bounced'))
);
--> statement-breakpoint
ALTER TABLE "channel_stops" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "inbound_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"channel" text DEFAULT 'sms' NOT NULL,
	"provider_message_id" text NOT NULL,
	"patient_id" uuid,
	"appointment_id" uuid,
	"meaning" text NOT NULL,
	"sender" text,
	"body" text,
	"content_sealed" "bytea",
	"key_id" uuid,
	"received_at" timestamp with time zone NOT NULL,
	"handled_at" timestamp with time zone,
	"handled_by_user_id" uuid,
	CONSTRAINT "inbound_messages_once" UNIQUE("provider_message_id"),
	CONSTRAINT "inbound_messages_meaning_known" CHECK ("inbound_messages"."meaning" in ('confirm', 'cancel', 'stop', 'start', 'help', 'text'))
);
--> statement-breakpoint
ALTER TABLE "inbound_messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "message_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"notification_id" uuid NOT NULL,
	"appointment_id" uuid NOT NULL,
	"act" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_links_token_unique" UNIQUE("token_hash"),
	CONSTRAINT "message_links_act_known" CHECK ("message_links"."act" in ('confirm', 'cancel', 'move'))
);
--> statement-breakpoint
ALTER TABLE "message_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "message_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"locale" text NOT NULL,
	"subject" text,
	"body" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_templates_once" UNIQUE("kind","channel","locale")
);
--> statement-breakpoint
ALTER TABLE "notifications" DROP CONSTRAINT "notifications_status_known";--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "reminder_minutes" integer[] DEFAULT '{4320,1440,120}' NOT NULL;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "follow_up_minutes" integer;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "delivered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "channel_stops" ADD CONSTRAINT "channel_stops_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_messages" ADD CONSTRAINT "inbound_messages_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_messages" ADD CONSTRAINT "inbound_messages_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_messages" ADD CONSTRAINT "inbound_messages_key_id_data_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."data_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inbound_messages" ADD CONSTRAINT "inbound_messages_handled_by_user_id_users_id_fk" FOREIGN KEY ("handled_by_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_links" ADD CONSTRAINT "message_links_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_links" ADD CONSTRAINT "message_links_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inbound_messages_patient" ON "inbound_messages" USING btree ("patient_id","received_at");--> statement-breakpoint
CREATE INDEX "inbound_messages_appointment" ON "inbound_messages" USING btree ("appointment_id");--> statement-breakpoint
CREATE INDEX "inbound_messages_open" ON "inbound_messages" USING btree ("received_at","id") WHERE "inbound_messages"."handled_at" is null;--> statement-breakpoint
CREATE INDEX "inbound_messages_key" ON "inbound_messages" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "message_links_notification" ON "message_links" USING btree ("notification_id");--> statement-breakpoint
CREATE INDEX "message_links_appointment" ON "message_links" USING btree ("appointment_id");--> statement-breakpoint
CREATE INDEX "message_links_expiry" ON "message_links" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "notifications_claimed" ON "notifications" USING btree ("claimed_at") WHERE "notifications"."status" in ('queued', 'sending');--> statement-breakpoint
CREATE INDEX "notifications_provider" ON "notifications" USING btree ("provider_message_id") WHERE "notifications"."provider_message_id" is not null;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_reminders_sane" CHECK (30 <= all ("services"."reminder_minutes") and 129600 >= all ("services"."reminder_minutes") and cardinality("services"."reminder_minutes") <= 6
        and "services"."follow_up_minutes" between 0 and 129600);--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_status_known" CHECK ("notifications"."status" in ('pending', 'queued', 'sending', 'sent', 'delivered', 'failed', 'withdrawn', 'dead'));--> statement-breakpoint
CREATE POLICY "channel_stops_read" ON "channel_stops" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_sees_all()) or "channel_stops"."patient_id" in (select app_patient_ids()));--> statement-breakpoint
CREATE POLICY "channel_stops_insert" ON "channel_stops" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ((select app_sees_all()) or "channel_stops"."patient_id" = (select app_patient_id()));--> statement-breakpoint
CREATE POLICY "channel_stops_update" ON "channel_stops" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING ((select app_sees_all()) or "channel_stops"."patient_id" = (select app_patient_id())) WITH CHECK ((select app_sees_all()) or "channel_stops"."patient_id" = (select app_patient_id()));--> statement-breakpoint
CREATE POLICY "channel_stops_delete" ON "channel_stops" AS PERMISSIVE FOR DELETE TO "slotwell_app" USING ((select app_sees_all()) or "channel_stops"."patient_id" = (select app_patient_id()));--> statement-breakpoint
CREATE POLICY "channel_stops_definer" ON "channel_stops" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "inbound_messages_app" ON "inbound_messages" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_sees_all())) WITH CHECK ((select app_sees_all()));--> statement-breakpoint
CREATE POLICY "inbound_messages_definer" ON "inbound_messages" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "message_links_app" ON "message_links" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_is_system())) WITH CHECK ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "message_links_definer" ON "message_links" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);