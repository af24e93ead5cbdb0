CREATE TABLE "data_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"patient_id" uuid,
	"version" integer NOT NULL,
	"kek_id" text NOT NULL,
	"wrapped" "bytea",
	"destroyed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_keys_version_unique" UNIQUE NULLS NOT DISTINCT("purpose","patient_id","version"),
	CONSTRAINT "data_keys_purpose_known" CHECK ("data_keys"."purpose" in ('patient', 'index')),
	CONSTRAINT "data_keys_patient_named" CHECK (("data_keys"."purpose" = 'patient') = ("data_keys"."patient_id" is not null)),
	CONSTRAINT "data_keys_destroyed" CHECK (("data_keys"."wrapped" is null) = ("data_keys"."destroyed_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "data_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "key_rotations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"patients_done" integer DEFAULT 0 NOT NULL,
	"last_patient_id" uuid
);
--> statement-breakpoint
ALTER TABLE "key_rotations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "access_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"patient_id" uuid NOT NULL,
	"user_id" uuid,
	"role" text,
	"job" text,
	"record_id" uuid,
	"what" text NOT NULL,
	"access" text NOT NULL,
	"request_id" text,
	CONSTRAINT "access_log_what_known" CHECK ("access_log"."what" in ('list', 'record', 'versions', 'attachment', 'summary', 'break_glass_opened', 'access_log', 'export')),
	CONSTRAINT "access_log_access_known" CHECK ("access_log"."access" in ('treating', 'grant', 'break_glass', 'self', 'proxy', 'system'))
);
--> statement-breakpoint
ALTER TABLE "access_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "break_glass" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"doctor_id" uuid NOT NULL,
	"reason_sealed" "bytea" NOT NULL,
	"key_id" uuid NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "break_glass_short" CHECK ("break_glass"."expires_at" > "break_glass"."opened_at" and "break_glass"."expires_at" <= "break_glass"."opened_at" + interval '12 hours')
);
--> statement-breakpoint
ALTER TABLE "break_glass" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "record_grants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"doctor_id" uuid NOT NULL,
	"granted_by_user_id" uuid,
	"reason_sealed" "bytea" NOT NULL,
	"key_id" uuid NOT NULL,
	"valid_until" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "record_grants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "medical_records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"doctor_id" uuid NOT NULL,
	"appointment_id" uuid,
	"kind" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"release" text DEFAULT 'pending' NOT NULL,
	"released_at" timestamp with time zone,
	"withheld_reason_sealed" "bytea",
	"error_reason_sealed" "bytea",
	"is_warning" boolean DEFAULT false NOT NULL,
	"resolved_at" timestamp with time zone,
	"occurred_at" timestamp with time zone NOT NULL,
	"signed_at" timestamp with time zone,
	"current_version" integer DEFAULT 1 NOT NULL,
	"key_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "medical_records_kind_known" CHECK ("medical_records"."kind" in ('visit_note', 'diagnosis', 'allergy', 'medication', 'vaccination', 'result', 'document')),
	CONSTRAINT "medical_records_status_known" CHECK ("medical_records"."status" in ('draft', 'signed', 'amended', 'entered_in_error')),
	CONSTRAINT "medical_records_release_known" CHECK ("medical_records"."release" in ('pending', 'released', 'withheld')),
	CONSTRAINT "medical_records_draft_unseen" CHECK ("medical_records"."status" <> 'draft' or "medical_records"."release" = 'pending'),
	CONSTRAINT "medical_records_signed_at" CHECK ("medical_records"."status" = 'draft' or "medical_records"."status" = 'entered_in_error' or "medical_records"."signed_at" is not null),
	CONSTRAINT "medical_records_released_at" CHECK (("medical_records"."release" = 'released') = ("medical_records"."released_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "medical_records" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "record_attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"record_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"content_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"storage_name" text NOT NULL,
	"sha256" text NOT NULL,
	"meta_sealed" "bytea" NOT NULL,
	"key_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_attachments_storage_name_unique" UNIQUE("storage_name"),
	CONSTRAINT "record_attachments_type_known" CHECK ("record_attachments"."content_type" in ('application/pdf', 'image/jpeg', 'image/png')),
	CONSTRAINT "record_attachments_size_sane" CHECK ("record_attachments"."size_bytes" between 1 and 20971520)
);
--> statement-breakpoint
ALTER TABLE "record_attachments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "record_templates" (
	"id" uuid PRIMARY KEY NOT NULL,
	"service_id" uuid,
	"kind" text DEFAULT 'visit_note' NOT NULL,
	"name" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_templates_kind_known" CHECK ("record_templates"."kind" in ('visit_note', 'diagnosis', 'allergy', 'medication', 'vaccination', 'result', 'document'))
);
--> statement-breakpoint
CREATE TABLE "record_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"record_id" uuid NOT NULL,
	"patient_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"doctor_id" uuid NOT NULL,
	"content_sealed" "bytea" NOT NULL,
	"key_id" uuid NOT NULL,
	"signed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "record_versions_number_unique" UNIQUE("record_id","number")
);
--> statement-breakpoint
ALTER TABLE "record_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "contact_sealed" "bytea";--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "contact_tokens" text[];--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "has_email" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "has_phone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "key_id" uuid;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "index_key_id" uuid;--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_key_id_data_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."data_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_grants" ADD CONSTRAINT "record_grants_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_grants" ADD CONSTRAINT "record_grants_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_grants" ADD CONSTRAINT "record_grants_key_id_data_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."data_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "medical_records" ADD CONSTRAINT "medical_records_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "medical_records" ADD CONSTRAINT "medical_records_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "medical_records" ADD CONSTRAINT "medical_records_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "medical_records" ADD CONSTRAINT "medical_records_key_id_data_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."data_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_attachments" ADD CONSTRAINT "record_attachments_record_id_medical_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."medical_records"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_attachments" ADD CONSTRAINT "record_attachments_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_attachments" ADD CONSTRAINT "record_attachments_key_id_data_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."data_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_templates" ADD CONSTRAINT "record_templates_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_versions" ADD CONSTRAINT "record_versions_record_id_medical_records_id_fk" FOREIGN KEY ("record_id") REFERENCES "public"."medical_records"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_versions" ADD CONSTRAINT "record_versions_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_versions" ADD CONSTRAINT "record_versions_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "record_versions" ADD CONSTRAINT "record_versions_key_id_data_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."data_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "data_keys_patient" ON "data_keys" USING btree ("patient_id","version");--> statement-breakpoint
CREATE INDEX "data_keys_kek" ON "data_keys" USING btree ("kek_id","id");--> statement-breakpoint
CREATE INDEX "access_log_patient" ON "access_log" USING btree ("patient_id","id");--> statement-breakpoint
CREATE INDEX "access_log_user" ON "access_log" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "access_log_record" ON "access_log" USING btree ("record_id");--> statement-breakpoint
CREATE INDEX "break_glass_patient" ON "break_glass" USING btree ("patient_id","doctor_id","expires_at");--> statement-breakpoint
CREATE INDEX "break_glass_opened" ON "break_glass" USING btree ("opened_at","id");--> statement-breakpoint
CREATE INDEX "break_glass_doctor" ON "break_glass" USING btree ("doctor_id","expires_at");--> statement-breakpoint
CREATE INDEX "break_glass_key" ON "break_glass" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "record_grants_patient" ON "record_grants" USING btree ("patient_id","doctor_id");--> statement-breakpoint
CREATE INDEX "record_grants_doctor" ON "record_grants" USING btree ("doctor_id") WHERE "record_grants"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "record_grants_key" ON "record_grants" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "medical_records_timeline" ON "medical_records" USING btree ("patient_id","occurred_at","id");--> statement-breakpoint
CREATE INDEX "medical_records_appointment" ON "medical_records" USING btree ("appointment_id");--> statement-breakpoint
CREATE INDEX "medical_records_drafts" ON "medical_records" USING btree ("doctor_id","updated_at") WHERE "medical_records"."status" = 'draft';--> statement-breakpoint
CREATE INDEX "medical_records_key" ON "medical_records" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "record_attachments_record" ON "record_attachments" USING btree ("record_id","id");--> statement-breakpoint
CREATE INDEX "record_attachments_patient" ON "record_attachments" USING btree ("patient_id","id");--> statement-breakpoint
CREATE INDEX "record_attachments_key" ON "record_attachments" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "record_templates_service" ON "record_templates" USING btree ("service_id");--> statement-breakpoint
CREATE INDEX "record_versions_patient" ON "record_versions" USING btree ("patient_id","id");--> statement-breakpoint
CREATE INDEX "record_versions_key" ON "record_versions" USING btree ("key_id");--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_key_id_data_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."data_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_index_key_id_data_keys_id_fk" FOREIGN KEY ("index_key_id") REFERENCES "public"."data_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "patients_contact_tokens" ON "patients" USING gin ("contact_tokens");--> statement-breakpoint
CREATE INDEX "patients_key" ON "patients" USING btree ("key_id");--> statement-breakpoint
CREATE POLICY "data_keys_read" ON "data_keys" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_is_staff() or app_is_system()) or "data_keys"."patient_id" in (select app_patient_ids()));--> statement-breakpoint
CREATE POLICY "data_keys_make" ON "data_keys" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ((select app_is_staff() or app_is_system()) or "data_keys"."patient_id" in (select app_patient_ids()));--> statement-breakpoint
CREATE POLICY "data_keys_change" ON "data_keys" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING ((select app_is_system())) WITH CHECK ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "data_keys_remove" ON "data_keys" AS PERMISSIVE FOR DELETE TO "slotwell_app" USING ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "data_keys_definer" ON "data_keys" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "key_rotations_app" ON "key_rotations" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_is_system())) WITH CHECK ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "key_rotations_definer" ON "key_rotations" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "access_log_read" ON "access_log" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_is_admin() or app_is_system()) or "access_log"."patient_id" in (select app_record_reader_ids()));--> statement-breakpoint
CREATE POLICY "access_log_add" ON "access_log" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ("access_log"."user_id" is not distinct from (select app_user_id()) and (select app_kind()) in ('user', 'system'));--> statement-breakpoint
CREATE POLICY "access_log_definer" ON "access_log" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "break_glass_read" ON "break_glass" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_is_admin() or app_is_system()) or "break_glass"."doctor_id" = (select app_doctor_id()) or "break_glass"."patient_id" in (select app_record_reader_ids()));--> statement-breakpoint
CREATE POLICY "break_glass_open" ON "break_glass" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK (("break_glass"."doctor_id" = (select app_doctor_id()) and "break_glass"."opened_at" <= now() + interval '1 minute') or (select app_is_system()));--> statement-breakpoint
CREATE POLICY "break_glass_close" ON "break_glass" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING (("break_glass"."closed_at" is null and ((select app_is_admin() or app_is_system()) or "break_glass"."doctor_id" = (select app_doctor_id()))) or (select app_is_system())) WITH CHECK ((select app_is_admin() or app_is_system()) or "break_glass"."doctor_id" = (select app_doctor_id()));--> statement-breakpoint
CREATE POLICY "break_glass_definer" ON "break_glass" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "record_grants_read" ON "record_grants" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_is_admin() or app_is_system()) or "record_grants"."doctor_id" = (select app_doctor_id()) or "record_grants"."patient_id" in (select app_record_reader_ids()) or app_grants_records("record_grants"."patient_id"));--> statement-breakpoint
CREATE POLICY "record_grants_add" ON "record_grants" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ((select app_is_admin() or app_is_system()) or app_grants_records("record_grants"."patient_id"));--> statement-breakpoint
CREATE POLICY "record_grants_end" ON "record_grants" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING (("record_grants"."revoked_at" is null and ((select app_is_admin() or app_is_system()) or app_grants_records("record_grants"."patient_id"))) or (select app_is_system())) WITH CHECK ((select app_is_admin() or app_is_system()) or app_grants_records("record_grants"."patient_id"));--> statement-breakpoint
CREATE POLICY "record_grants_definer" ON "record_grants" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "medical_records_read" ON "medical_records" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING (app_sees_record("medical_records"."patient_id", "medical_records"."status", "medical_records"."release", "medical_records"."doctor_id"));--> statement-breakpoint
CREATE POLICY "medical_records_add" ON "medical_records" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK (app_writes_records("medical_records"."patient_id") and ("medical_records"."doctor_id" = (select app_doctor_id()) or (select app_is_system())));--> statement-breakpoint
CREATE POLICY "medical_records_change" ON "medical_records" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING (app_writes_records("medical_records"."patient_id") and ("medical_records"."status" <> 'draft' or "medical_records"."doctor_id" = (select app_doctor_id()) or (select app_is_system()))) WITH CHECK (app_writes_records("medical_records"."patient_id"));--> statement-breakpoint
CREATE POLICY "medical_records_discard" ON "medical_records" AS PERMISSIVE FOR DELETE TO "slotwell_app" USING ("medical_records"."status" = 'draft' and app_writes_records("medical_records"."patient_id") and ("medical_records"."doctor_id" = (select app_doctor_id()) or (select app_is_system())));--> statement-breakpoint
CREATE POLICY "medical_records_definer" ON "medical_records" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "record_attachments_read" ON "record_attachments" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING (exists (select 1 from medical_records r where r.id = "record_attachments"."record_id"));--> statement-breakpoint
CREATE POLICY "record_attachments_add" ON "record_attachments" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK (app_writes_records("record_attachments"."patient_id")
        and exists (select 1 from medical_records r where r.id = "record_attachments"."record_id" and r.patient_id = "record_attachments"."patient_id"));--> statement-breakpoint
CREATE POLICY "record_attachments_reseal" ON "record_attachments" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING ((select app_is_system())) WITH CHECK ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "record_attachments_remove" ON "record_attachments" AS PERMISSIVE FOR DELETE TO "slotwell_app" USING (app_writes_records("record_attachments"."patient_id") and exists (select 1 from medical_records r where r.id = "record_attachments"."record_id" and r.status = 'draft'));--> statement-breakpoint
CREATE POLICY "record_attachments_definer" ON "record_attachments" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "record_versions_read" ON "record_versions" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING (exists (select 1 from medical_records r where r.id = "record_versions"."record_id" and (r.current_version = "record_versions"."number" or app_writes_records("record_versions"."patient_id"))));--> statement-breakpoint
CREATE POLICY "record_versions_add" ON "record_versions" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK (app_writes_records("record_versions"."patient_id") and ("record_versions"."doctor_id" = (select app_doctor_id()) or (select app_is_system()))
        and exists (select 1 from medical_records r where r.id = "record_versions"."record_id" and r.patient_id = "record_versions"."patient_id"));--> statement-breakpoint
CREATE POLICY "record_versions_change" ON "record_versions" AS PERMISSIVE FOR UPDATE TO "slotwell_app" USING (app_writes_records("record_versions"."patient_id") and ("record_versions"."doctor_id" = (select app_doctor_id()) or (select app_is_system())));--> statement-breakpoint
CREATE POLICY "record_versions_definer" ON "record_versions" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);