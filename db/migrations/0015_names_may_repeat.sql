ALTER TABLE "locations" DROP CONSTRAINT "locations_name_unique";--> statement-breakpoint
ALTER TABLE "rooms" DROP CONSTRAINT "rooms_name_unique";--> statement-breakpoint
ALTER TABLE "services" DROP CONSTRAINT "services_name_unique";--> statement-breakpoint
CREATE INDEX "locations_name" ON "locations" USING btree ("name");--> statement-breakpoint
CREATE INDEX "rooms_location" ON "rooms" USING btree ("location_id","name");--> statement-breakpoint
CREATE INDEX "services_name" ON "services" USING btree ("name");