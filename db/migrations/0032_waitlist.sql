CREATE TABLE "waitlist_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"doctor_ids" uuid[] DEFAULT '{}' NOT NULL,
	"location_id" uuid,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"weekdays" integer[] DEFAULT '{}' NOT NULL,
	"parts_of_day" text[] DEFAULT '{}' NOT NULL,
	"earlier_than_id" uuid,
	"status" text DEFAULT 'waiting' NOT NULL,
	"ended_at" timestamp with time zone,
	"created_by_user_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waitlist_entries_status_known" CHECK ("waitlist_entries"."status" in ('waiting', 'fulfilled', 'left', 'lapsed')),
	CONSTRAINT "waitlist_entries_span" CHECK ("waitlist_entries"."from_date" <= "waitlist_entries"."to_date"),
	CONSTRAINT "waitlist_entries_weekdays_known" CHECK ("waitlist_entries"."weekdays" <@ array[1, 2, 3, 4, 5, 6, 7]),
	CONSTRAINT "waitlist_entries_parts_known" CHECK ("waitlist_entries"."parts_of_day" <@ array['morning', 'afternoon', 'evening']),
	CONSTRAINT "waitlist_entries_ended" CHECK (("waitlist_entries"."status" = 'waiting') = ("waitlist_entries"."ended_at" is null))
);
--> statement-breakpoint
ALTER TABLE "waitlist_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "waitlist_offers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"appointment_id" uuid,
	"doctor_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"answered_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "waitlist_offers_status_known" CHECK ("waitlist_offers"."status" in ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
	CONSTRAINT "waitlist_offers_answered" CHECK (("waitlist_offers"."status" = 'open') = ("waitlist_offers"."answered_at" is null)),
	CONSTRAINT "waitlist_offers_span" CHECK ("waitlist_offers"."starts_at" < "waitlist_offers"."ends_at")
);
--> statement-breakpoint
ALTER TABLE "waitlist_offers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_earlier_than_id_appointments_id_fk" FOREIGN KEY ("earlier_than_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_created_by_user_id_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_entry_id_waitlist_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."waitlist_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "waitlist_entries_patient" ON "waitlist_entries" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "waitlist_entries_waiting" ON "waitlist_entries" USING btree ("service_id","created_at") WHERE "waitlist_entries"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX "waitlist_entries_earlier" ON "waitlist_entries" USING btree ("earlier_than_id") WHERE "waitlist_entries"."earlier_than_id" is not null;--> statement-breakpoint
CREATE INDEX "waitlist_entries_list" ON "waitlist_entries" USING btree ("created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_one_open" ON "waitlist_offers" USING btree ("entry_id") WHERE "waitlist_offers"."status" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_once" ON "waitlist_offers" USING btree ("entry_id","doctor_id","starts_at");--> statement-breakpoint
CREATE INDEX "waitlist_offers_patient" ON "waitlist_offers" USING btree ("patient_id","created_at");--> statement-breakpoint
CREATE INDEX "waitlist_offers_expiry" ON "waitlist_offers" USING btree ("expires_at") WHERE "waitlist_offers"."status" = 'open';--> statement-breakpoint
CREATE INDEX "waitlist_offers_appointment" ON "waitlist_offers" USING btree ("appointment_id");--> statement-breakpoint
CREATE POLICY "waitlist_entries_read" ON "waitlist_entries" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_sees_all()) or "waitlist_entries"."patient_id" in (select app_patient_ids()));--> statement-breakpoint
CREATE POLICY "waitlist_entries_insert" ON "waitlist_entries" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ((select app_sees_all()) or "waitlist_entries"."patient_id" in (select app_patient_ids('book')));--> statement-breakpoint
CREATE POLICY "waitlist_entries_update" ON "waitlist_entries" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING ((select app_sees_all()) or "waitlist_entries"."patient_id" in (select app_patient_ids('book'))) WITH CHECK ((select app_sees_all()) or "waitlist_entries"."patient_id" in (select app_patient_ids('book')));--> statement-breakpoint
CREATE POLICY "waitlist_entries_delete" ON "waitlist_entries" AS PERMISSIVE FOR DELETE TO "slotwell_app" USING ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "waitlist_entries_definer" ON "waitlist_entries" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "waitlist_offers_read" ON "waitlist_offers" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_sees_all()) or "waitlist_offers"."patient_id" in (select app_patient_ids()));--> statement-breakpoint
CREATE POLICY "waitlist_offers_insert" ON "waitlist_offers" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ((select app_sees_all()));--> statement-breakpoint
CREATE POLICY "waitlist_offers_update" ON "waitlist_offers" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING ((select app_sees_all()) or "waitlist_offers"."patient_id" in (select app_patient_ids('book'))) WITH CHECK ((select app_sees_all()) or "waitlist_offers"."patient_id" in (select app_patient_ids('book')));--> statement-breakpoint
CREATE POLICY "waitlist_offers_delete" ON "waitlist_offers" AS PERMISSIVE FOR DELETE TO "slotwell_app" USING ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "waitlist_offers_definer" ON "waitlist_offers" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);