CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"decision" text NOT NULL,
	"text_version" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by_user_id" uuid,
	"place" text NOT NULL,
	CONSTRAINT "consents_kind_known" CHECK ("consents"."kind" in ('privacy_notice', 'recalls')),
	CONSTRAINT "consents_decision_known" CHECK ("consents"."decision" in ('given', 'withdrawn')),
	CONSTRAINT "consents_place_known" CHECK ("consents"."place" in ('registration', 'portal', 'clinic', 'import'))
);
--> statement-breakpoint
ALTER TABLE "consents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "erasures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"status" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"requested_by_user_id" uuid,
	"decided_at" timestamp with time zone,
	"decided_by_user_id" uuid,
	"refusal" text,
	"outcome" text,
	"kept_until" timestamp with time zone,
	"counts" jsonb,
	"files_left" text[] DEFAULT '{}' NOT NULL,
	"certificate_hash" text,
	CONSTRAINT "erasures_status_known" CHECK ("erasures"."status" in ('requested', 'refused', 'done')),
	CONSTRAINT "erasures_decided" CHECK (("erasures"."status" = 'requested') = ("erasures"."decided_at" is null)),
	CONSTRAINT "erasures_refused" CHECK (("erasures"."status" = 'refused') = ("erasures"."refusal" is not null)),
	CONSTRAINT "erasures_proved" CHECK (("erasures"."status" = 'done') = ("erasures"."outcome" is not null and "erasures"."counts" is not null and "erasures"."certificate_hash" is not null)),
	CONSTRAINT "erasures_refusal_known" CHECK ("erasures"."refusal" in ('identity_not_proved', 'legal_hold', 'legal_duty', 'withdrawn')),
	CONSTRAINT "erasures_outcome_known" CHECK ("erasures"."outcome" in ('complete', 'records_kept'))
);
--> statement-breakpoint
ALTER TABLE "erasures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "legal_holds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"until" timestamp with time zone,
	"set_by_user_id" uuid,
	"ended_at" timestamp with time zone,
	"ended_by_user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "legal_holds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "retention_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"what" text NOT NULL,
	"removed" integer NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "retention_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasures" ADD CONSTRAINT "erasures_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consents_newest" ON "consents" USING btree ("patient_id","kind","at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_one_open_request" ON "erasures" USING btree ("patient_id") WHERE "erasures"."status" = 'requested';--> statement-breakpoint
CREATE INDEX "erasures_patient" ON "erasures" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "erasures_status" ON "erasures" USING btree ("status","requested_at");--> statement-breakpoint
CREATE INDEX "legal_holds_patient" ON "legal_holds" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "retention_runs_at" ON "retention_runs" USING btree ("at");--> statement-breakpoint
CREATE POLICY "consents_read" ON "consents" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_sees_all()) or "consents"."patient_id" in (select app_patient_ids()));--> statement-breakpoint
CREATE POLICY "consents_add" ON "consents" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ((select app_is_system()) or ("consents"."by_user_id" is not distinct from (select app_user_id())
        and ((select app_sees_all()) or "consents"."patient_id" = (select app_patient_id()) or "consents"."patient_id" in (select app_patient_ids('book')))));--> statement-breakpoint
CREATE POLICY "consents_definer" ON "consents" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "erasures_read" ON "erasures" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_is_admin() or app_is_system()) or "erasures"."patient_id" in (select app_record_reader_ids()));--> statement-breakpoint
CREATE POLICY "erasures_ask" ON "erasures" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ("erasures"."requested_by_user_id" is not distinct from (select app_user_id()) and ((select app_is_admin() or app_is_system())
        or ("erasures"."status" = 'requested' and "erasures"."patient_id" in (select app_record_reader_ids()))));--> statement-breakpoint
CREATE POLICY "erasures_decide" ON "erasures" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING ((select app_is_admin() or app_is_system())) WITH CHECK ((select app_is_admin() or app_is_system()));--> statement-breakpoint
CREATE POLICY "erasures_definer" ON "erasures" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "legal_holds_app" ON "legal_holds" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_is_admin() or app_is_system())) WITH CHECK ((select app_is_admin() or app_is_system()));--> statement-breakpoint
CREATE POLICY "legal_holds_definer" ON "legal_holds" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "retention_runs_read" ON "retention_runs" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_is_admin() or app_is_system()));--> statement-breakpoint
CREATE POLICY "retention_runs_add" ON "retention_runs" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "retention_runs_definer" ON "retention_runs" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);