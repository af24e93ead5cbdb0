CREATE TABLE "audit_seals" (
	"chain" text NOT NULL,
	"number" bigint NOT NULL,
	"kind" text NOT NULL,
	"format" integer NOT NULL,
	"last_id" bigint NOT NULL,
	"row_count" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"digest" "bytea" NOT NULL,
	"leaves" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"key_id" text,
	"mac" "bytea",
	CONSTRAINT "audit_seals_chain_number_pk" PRIMARY KEY("chain","number"),
	CONSTRAINT "audit_seals_chain_known" CHECK ("audit_seals"."chain" in ('audit_log', 'access_log')),
	CONSTRAINT "audit_seals_kind_known" CHECK ("audit_seals"."kind" in ('rows', 'removal')),
	CONSTRAINT "audit_seals_signed" CHECK (("audit_seals"."key_id" is null) = ("audit_seals"."mac" is null))
);
--> statement-breakpoint
ALTER TABLE "audit_seals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "audit_seals_read" ON "audit_seals" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_is_admin() or app_is_system()));--> statement-breakpoint
CREATE POLICY "audit_seals_add" ON "audit_seals" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "audit_seals_definer" ON "audit_seals" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);