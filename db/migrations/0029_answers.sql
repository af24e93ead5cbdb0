ALTER TABLE "inbound_messages" DROP CONSTRAINT "inbound_messages_meaning_known";--> statement-breakpoint
ALTER TABLE "inbound_messages" ADD COLUMN "is_done" boolean;--> statement-breakpoint
ALTER TABLE "inbound_messages" ADD CONSTRAINT "inbound_messages_meaning_known" CHECK ("inbound_messages"."meaning" in ('confirm', 'cancel', 'move', 'stop', 'start', 'help', 'text'));