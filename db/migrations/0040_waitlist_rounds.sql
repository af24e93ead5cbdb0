ALTER TABLE "waitlist_offers" DROP CONSTRAINT "waitlist_offers_status_known";--> statement-breakpoint
DROP INDEX "waitlist_offers_once";--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD COLUMN "leave_reason" text;--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_one_each" ON "waitlist_offers" USING btree ("patient_id","doctor_id","starts_at") WHERE "waitlist_offers"."status" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_offers_once" ON "waitlist_offers" USING btree ("entry_id","doctor_id","starts_at") WHERE "waitlist_offers"."status" not in ('withdrawn', 'taken');--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_leave_reason_known" CHECK ("waitlist_entries"."leave_reason" in ('asked', 'booked_otherwise', 'not_needed', 'unreachable', 'mistake'));--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_leave_reason" CHECK ("waitlist_entries"."leave_reason" is null or "waitlist_entries"."status" = 'left');--> statement-breakpoint
ALTER TABLE "waitlist_offers" ADD CONSTRAINT "waitlist_offers_status_known" CHECK ("waitlist_offers"."status" in ('open', 'accepted', 'declined', 'expired', 'withdrawn', 'taken'));