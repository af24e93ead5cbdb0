DROP INDEX "patients_phone";--> statement-breakpoint
DROP INDEX "patients_email";--> statement-breakpoint
ALTER TABLE "patients" ALTER COLUMN "record_number" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "patients" ALTER COLUMN "record_number" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "record_token" text;--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "external_token" text;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_record_token_unique" UNIQUE("record_token");--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_external_token_unique" UNIQUE("external_token");--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_identifiers_sealed" CHECK (num_nonnulls("patients"."record_number", "patients"."email", "patients"."phone", "patients"."address", "patients"."external_id") = 0) NOT VALID;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_sealed_under_a_key" CHECK (("patients"."contact_sealed" is null) = ("patients"."key_id" is null));--> statement-breakpoint
ALTER POLICY "data_keys_read" ON "data_keys" TO slotwell_app USING ((select app_is_staff() or app_is_system()) or "data_keys"."purpose" = 'index' or "data_keys"."patient_id" in (select app_patient_ids()));--> statement-breakpoint
ALTER POLICY "data_keys_make" ON "data_keys" TO slotwell_app WITH CHECK ((select app_is_staff() or app_is_system()) or ("data_keys"."purpose" = 'index' and "data_keys"."version" = 1) or "data_keys"."patient_id" in (select app_patient_ids()));