ALTER TABLE "services" DROP CONSTRAINT "services_horizon_sane";--> statement-breakpoint
ALTER TABLE "idempotency_keys" ALTER COLUMN "body" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_horizon_sane" CHECK ("services"."horizon_days" between 1 and 3660 and "services"."min_notice_minutes" >= 0);