CREATE TABLE "next_visits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"appointment_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	"weeks" integer,
	"wished_on" date,
	"settled_at" timestamp with time zone,
	"outcome" text,
	"set_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "next_visits_one" UNIQUE("appointment_id"),
	CONSTRAINT "next_visits_weeks_sane" CHECK ("next_visits"."weeks" between 1 and 104),
	CONSTRAINT "next_visits_dated" CHECK (("next_visits"."weeks" is null) = ("next_visits"."wished_on" is null)),
	CONSTRAINT "next_visits_settled" CHECK (("next_visits"."settled_at" is null) = ("next_visits"."outcome" is null)),
	CONSTRAINT "next_visits_outcome_known" CHECK ("next_visits"."outcome" in ('asked', 'booked', 'not_attended', 'unreachable'))
);
--> statement-breakpoint
ALTER TABLE "next_visits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "recall_patients" (
	"recall_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"last_visit_id" uuid NOT NULL,
	"last_visit_at" timestamp with time zone NOT NULL,
	"ask_from" timestamp with time zone,
	"asked_at" timestamp with time zone,
	"asked_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recall_patients_recall_id_patient_id_pk" PRIMARY KEY("recall_id","patient_id")
);
--> statement-breakpoint
ALTER TABLE "recall_patients" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "recalls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"service_id" uuid NOT NULL,
	"months" integer DEFAULT 12 NOT NULL,
	"counts_any_visit" boolean DEFAULT true NOT NULL,
	"doctor_id" uuid,
	"location_id" uuid,
	"min_age" integer,
	"max_age" integer,
	"active" boolean DEFAULT true NOT NULL,
	"looked_at" timestamp with time zone,
	"looked_up_to" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "recalls_months_sane" CHECK ("recalls"."months" between 1 and 120),
	CONSTRAINT "recalls_ages_sane" CHECK ("recalls"."min_age" between 0 and 150 and "recalls"."max_age" between 0 and 150 and "recalls"."min_age" <= "recalls"."max_age")
);
--> statement-breakpoint
ALTER TABLE "recalls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "message_links" DROP CONSTRAINT "message_links_act_known";--> statement-breakpoint
ALTER TABLE "consents" DROP CONSTRAINT "consents_place_known";--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "next_visit_weeks" integer;--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "next_visit_service_id" uuid;--> statement-breakpoint
ALTER TABLE "next_visits" ADD CONSTRAINT "next_visits_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "next_visits" ADD CONSTRAINT "next_visits_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "next_visits" ADD CONSTRAINT "next_visits_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "next_visits" ADD CONSTRAINT "next_visits_set_by_user_id_users_id_fk" FOREIGN KEY ("set_by_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recall_patients" ADD CONSTRAINT "recall_patients_recall_id_recalls_id_fk" FOREIGN KEY ("recall_id") REFERENCES "public"."recalls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recall_patients" ADD CONSTRAINT "recall_patients_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recall_patients" ADD CONSTRAINT "recall_patients_last_visit_id_appointments_id_fk" FOREIGN KEY ("last_visit_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "next_visits_due" ON "next_visits" USING btree ("wished_on","id") WHERE "next_visits"."settled_at" is null and "next_visits"."weeks" is not null;--> statement-breakpoint
CREATE INDEX "next_visits_patient" ON "next_visits" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "recall_patients_list" ON "recall_patients" USING btree ("recall_id","last_visit_at");--> statement-breakpoint
CREATE INDEX "recall_patients_patient" ON "recall_patients" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "recall_patients_visit" ON "recall_patients" USING btree ("last_visit_id");--> statement-breakpoint
CREATE INDEX "recall_patients_ask" ON "recall_patients" USING btree ("ask_from") WHERE "recall_patients"."ask_from" is not null;--> statement-breakpoint
CREATE INDEX "recall_patients_asked" ON "recall_patients" USING btree ("asked_at") WHERE "recall_patients"."asked_at" is not null;--> statement-breakpoint
CREATE INDEX "recalls_name" ON "recalls" USING btree ("name");--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_next_visit_service_id_services_id_fk" FOREIGN KEY ("next_visit_service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_next_visit_sane" CHECK ("services"."next_visit_weeks" between 1 and 104);--> statement-breakpoint
ALTER TABLE "message_links" ADD CONSTRAINT "message_links_act_known" CHECK ("message_links"."act" in ('confirm', 'cancel', 'move', 'unsubscribe'));--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_place_known" CHECK ("consents"."place" in ('registration', 'portal', 'clinic', 'import', 'link'));--> statement-breakpoint
CREATE POLICY "next_visits_read" ON "next_visits" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_sees_all()) or "next_visits"."patient_id" in (select app_patient_ids()) or exists (select from appointments a where a.id = "next_visits"."appointment_id" and a.doctor_id = (select app_doctor_id())));--> statement-breakpoint
CREATE POLICY "next_visits_insert" ON "next_visits" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ((select app_sees_all()) or exists (select from appointments a where a.id = "next_visits"."appointment_id" and a.doctor_id = (select app_doctor_id())));--> statement-breakpoint
CREATE POLICY "next_visits_update" ON "next_visits" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING ((select app_sees_all()) or exists (select from appointments a where a.id = "next_visits"."appointment_id" and a.doctor_id = (select app_doctor_id()))) WITH CHECK ((select app_sees_all()) or exists (select from appointments a where a.id = "next_visits"."appointment_id" and a.doctor_id = (select app_doctor_id())));--> statement-breakpoint
CREATE POLICY "next_visits_delete" ON "next_visits" AS PERMISSIVE FOR DELETE TO "slotwell_app" USING ((select app_sees_all()));--> statement-breakpoint
CREATE POLICY "next_visits_definer" ON "next_visits" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "recall_patients_app" ON "recall_patients" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_sees_all())) WITH CHECK ((select app_sees_all()));--> statement-breakpoint
CREATE POLICY "recall_patients_definer" ON "recall_patients" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "recalls_read" ON "recalls" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_sees_all()));--> statement-breakpoint
CREATE POLICY "recalls_insert" ON "recalls" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ((select app_is_admin() or app_is_system()));--> statement-breakpoint
CREATE POLICY "recalls_update" ON "recalls" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING ((select app_is_admin() or app_is_system())) WITH CHECK ((select app_is_admin() or app_is_system()));--> statement-breakpoint
CREATE POLICY "recalls_delete" ON "recalls" AS PERMISSIVE FOR DELETE TO "slotwell_app" USING ((select app_is_admin() or app_is_system()));--> statement-breakpoint
CREATE POLICY "recalls_definer" ON "recalls" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);