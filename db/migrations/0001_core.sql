CREATE TABLE "account_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "account_tokens_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "account_tokens_purpose_known" CHECK ("account_tokens"."purpose" in ('verify_email', 'password_reset', 'invitation'))
);
--> statement-breakpoint
ALTER TABLE "account_tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "refresh_tokens_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "refresh_tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"user_agent" text,
	"ip_address" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text,
	CONSTRAINT "sessions_kind_known" CHECK ("sessions"."kind" in ('browser', 'api'))
);
--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" "citext" NOT NULL,
	"password_hash" text,
	"role" text NOT NULL,
	"display_name" text NOT NULL,
	"email_verified_at" timestamp with time zone,
	"disabled_at" timestamp with time zone,
	"locale" text DEFAULT 'en' NOT NULL,
	"time_zone" text,
	"shortcuts_enabled" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_role_known" CHECK ("users"."role" in ('patient', 'doctor', 'receptionist', 'admin'))
);
--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "appointment_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"appointment_id" uuid NOT NULL,
	"type" text NOT NULL,
	"version" integer NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_user_id" uuid,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "appointment_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "appointment_transitions" (
	"from_status" text NOT NULL,
	"to_status" text NOT NULL,
	CONSTRAINT "appointment_transitions_from_status_to_status_pk" PRIMARY KEY("from_status","to_status")
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reference" text NOT NULL,
	"status" text NOT NULL,
	"service_id" uuid NOT NULL,
	"doctor_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	"room_id" uuid,
	"patient_id" uuid,
	"during" "tstzrange" NOT NULL,
	"busy" "tstzrange" NOT NULL,
	"starts_at" timestamp with time zone GENERATED ALWAYS AS (lower(during)) STORED NOT NULL,
	"ends_at" timestamp with time zone GENERATED ALWAYS AS (upper(during)) STORED NOT NULL,
	"reason" text,
	"override_reason" text,
	"cancel_reason" text,
	"video_url" text,
	"confirmed_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"hold_expires_at" timestamp with time zone,
	"hold_extended" boolean DEFAULT false NOT NULL,
	"reschedule_count" integer DEFAULT 0 NOT NULL,
	"series_id" uuid,
	"created_by_user_id" uuid,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"external_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "appointments_reference_unique" UNIQUE("reference"),
	CONSTRAINT "appointments_status_known" CHECK ("appointments"."status" in ('held', 'booked', 'arrived', 'checked_in', 'in_progress', 'fulfilled', 'no_show', 'cancelled')),
	CONSTRAINT "appointments_busy_holds_visit" CHECK ("appointments"."busy" @> "appointments"."during" and not isempty("appointments"."during")),
	CONSTRAINT "appointments_half_open" CHECK (lower_inc("appointments"."during") and not upper_inc("appointments"."during") and lower_inc("appointments"."busy") and not upper_inc("appointments"."busy")),
	CONSTRAINT "appointments_bounded" CHECK (isfinite(lower("appointments"."busy")) and isfinite(upper("appointments"."busy"))),
	CONSTRAINT "appointments_patient_named" CHECK ("appointments"."patient_id" is not null or "appointments"."status" in ('held', 'cancelled')),
	CONSTRAINT "appointments_hold_expires" CHECK (("appointments"."status" = 'held') <= ("appointments"."hold_expires_at" is not null)),
	CONSTRAINT "appointments_cancelled_at" CHECK (("appointments"."status" = 'cancelled') = ("appointments"."cancelled_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "appointments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "locations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"address" text,
	"phone" text,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "locations_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "room_services" (
	"room_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	CONSTRAINT "room_services_room_id_service_id_pk" PRIMARY KEY("room_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" uuid PRIMARY KEY NOT NULL,
	"location_id" uuid NOT NULL,
	"name" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rooms_name_unique" UNIQUE("location_id","name")
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"duration_minutes" integer NOT NULL,
	"modality" text DEFAULT 'in_person' NOT NULL,
	"audience" text DEFAULT 'any' NOT NULL,
	"slot_step_minutes" integer NOT NULL,
	"buffer_before_minutes" integer DEFAULT 0 NOT NULL,
	"buffer_after_minutes" integer DEFAULT 0 NOT NULL,
	"min_notice_minutes" integer DEFAULT 0 NOT NULL,
	"horizon_days" integer DEFAULT 90 NOT NULL,
	"cancel_cutoff_minutes" integer DEFAULT 0 NOT NULL,
	"reschedule_cutoff_minutes" integer DEFAULT 0 NOT NULL,
	"max_reschedules" integer,
	"self_bookable" boolean DEFAULT true NOT NULL,
	"requires_room" boolean DEFAULT false NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "services_name_unique" UNIQUE("name"),
	CONSTRAINT "services_duration_sane" CHECK ("services"."duration_minutes" between 1 and 1440),
	CONSTRAINT "services_step_sane" CHECK ("services"."slot_step_minutes" between 1 and 1440),
	CONSTRAINT "services_buffers_sane" CHECK ("services"."buffer_before_minutes" between 0 and 480 and "services"."buffer_after_minutes" between 0 and 480),
	CONSTRAINT "services_horizon_sane" CHECK ("services"."horizon_days" between 1 and 1100 and "services"."min_notice_minutes" >= 0),
	CONSTRAINT "services_cutoffs_sane" CHECK ("services"."cancel_cutoff_minutes" >= 0 and "services"."reschedule_cutoff_minutes" >= 0 and "services"."max_reschedules" >= 0),
	CONSTRAINT "services_modality_known" CHECK ("services"."modality" in ('in_person', 'video', 'phone')),
	CONSTRAINT "services_audience_known" CHECK ("services"."audience" in ('any', 'new', 'returning'))
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "doctor_busy_days" (
	"doctor_id" uuid NOT NULL,
	"day" date NOT NULL,
	"bits" bit(288) NOT NULL,
	"exact" boolean DEFAULT true NOT NULL,
	CONSTRAINT "doctor_busy_days_doctor_id_day_pk" PRIMARY KEY("doctor_id","day")
);
--> statement-breakpoint
CREATE TABLE "doctor_locations" (
	"doctor_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	CONSTRAINT "doctor_locations_doctor_id_location_id_pk" PRIMARY KEY("doctor_id","location_id")
);
--> statement-breakpoint
CREATE TABLE "doctor_services" (
	"doctor_id" uuid NOT NULL,
	"service_id" uuid NOT NULL,
	CONSTRAINT "doctor_services_doctor_id_service_id_pk" PRIMARY KEY("doctor_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "doctors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"name" text NOT NULL,
	"specialty" text,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"schedule_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "doctors_user_unique" UNIQUE("user_id")
);
--> statement-breakpoint
CREATE TABLE "schedule_exceptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"doctor_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"location_id" uuid,
	"during" "tstzrange" NOT NULL,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "schedule_exceptions_kind_known" CHECK ("schedule_exceptions"."kind" in ('leave', 'extra')),
	CONSTRAINT "schedule_exceptions_extra_has_place" CHECK ("schedule_exceptions"."kind" = 'leave' or "schedule_exceptions"."location_id" is not null),
	CONSTRAINT "schedule_exceptions_bounded" CHECK (not isempty("schedule_exceptions"."during") and lower("schedule_exceptions"."during") is not null and upper("schedule_exceptions"."during") is not null)
);
--> statement-breakpoint
CREATE TABLE "schedule_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"doctor_id" uuid NOT NULL,
	"location_id" uuid NOT NULL,
	"weekday" smallint NOT NULL,
	"start_time" time NOT NULL,
	"end_time" time NOT NULL,
	"valid_from" date,
	"valid_until" date,
	"service_ids" uuid[],
	CONSTRAINT "schedule_rules_weekday_iso" CHECK ("schedule_rules"."weekday" between 1 and 7),
	CONSTRAINT "schedule_rules_hours_order" CHECK ("schedule_rules"."start_time" < "schedule_rules"."end_time"),
	CONSTRAINT "schedule_rules_validity_order" CHECK ("schedule_rules"."valid_from" <= "schedule_rules"."valid_until")
);
--> statement-breakpoint
CREATE TABLE "notification_preferences" (
	"user_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"lead_minutes" integer[],
	"quiet_from" time,
	"quiet_until" time,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_preferences_user_id_channel_pk" PRIMARY KEY("user_id","channel"),
	CONSTRAINT "notification_preferences_channel_known" CHECK ("notification_preferences"."channel" in ('email', 'sms'))
);
--> statement-breakpoint
ALTER TABLE "notification_preferences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"step" text DEFAULT 'now' NOT NULL,
	"channel" text NOT NULL,
	"appointment_id" uuid,
	"appointment_version" integer,
	"patient_id" uuid,
	"user_id" uuid,
	"event_id" uuid,
	"status" text DEFAULT 'pending' NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error_class" text,
	"provider_message_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notifications_once" UNIQUE NULLS NOT DISTINCT("appointment_id","kind","step","channel","appointment_version","user_id","patient_id","event_id"),
	CONSTRAINT "notifications_channel_known" CHECK ("notifications"."channel" in ('email', 'sms')),
	CONSTRAINT "notifications_status_known" CHECK ("notifications"."status" in ('pending', 'sending', 'sent', 'failed', 'withdrawn', 'dead'))
);
--> statement-breakpoint
ALTER TABLE "notifications" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" uuid PRIMARY KEY NOT NULL,
	"topic" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"available_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"dead_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "patient_proxies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"patient_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"relationship" text NOT NULL,
	"capabilities" text[] NOT NULL,
	"valid_until" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "patient_proxies_capabilities_known" CHECK ("patient_proxies"."capabilities" <@ array['view', 'book', 'cancel', 'records'])
);
--> statement-breakpoint
ALTER TABLE "patient_proxies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "patients" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"record_number" text DEFAULT 'P-' || lpad(nextval('patient_record_numbers')::text, 6, '0') NOT NULL,
	"given_name" text NOT NULL,
	"family_name" text NOT NULL,
	"date_of_birth" date,
	"sex" text DEFAULT 'unknown' NOT NULL,
	"email" "citext",
	"phone" text,
	"address" text,
	"time_zone" text,
	"locale" text DEFAULT 'en' NOT NULL,
	"external_id" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "patients_record_number_unique" UNIQUE("record_number"),
	CONSTRAINT "patients_user_unique" UNIQUE("user_id"),
	CONSTRAINT "patients_sex_known" CHECK ("patients"."sex" in ('female', 'male', 'other', 'unknown'))
);
--> statement-breakpoint
ALTER TABLE "patients" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"actor_kind" text NOT NULL,
	"user_id" uuid,
	"role" text,
	"job" text,
	"request_id" text,
	"patient_id" uuid,
	"table_name" text NOT NULL,
	"row_id" text NOT NULL,
	"operation" text NOT NULL,
	"changes" jsonb
);
--> statement-breakpoint
ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer NOT NULL,
	"body" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_user_id_key_pk" PRIMARY KEY("user_id","key")
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_events" ADD CONSTRAINT "appointment_events_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_events" ADD CONSTRAINT "appointment_events_actor_user_id_users_id_fk" FOREIGN KEY ("actor_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_created_by_user_id_users_id_fk" FOREIGN KEY ("created_by_user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_services" ADD CONSTRAINT "room_services_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_services" ADD CONSTRAINT "room_services_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_busy_days" ADD CONSTRAINT "doctor_busy_days_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_locations" ADD CONSTRAINT "doctor_locations_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_locations" ADD CONSTRAINT "doctor_locations_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_services" ADD CONSTRAINT "doctor_services_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctor_services" ADD CONSTRAINT "doctor_services_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doctors" ADD CONSTRAINT "doctors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD CONSTRAINT "schedule_exceptions_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD CONSTRAINT "schedule_exceptions_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_rules" ADD CONSTRAINT "schedule_rules_doctor_id_doctors_id_fk" FOREIGN KEY ("doctor_id") REFERENCES "public"."doctors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_rules" ADD CONSTRAINT "schedule_rules_location_id_locations_id_fk" FOREIGN KEY ("location_id") REFERENCES "public"."locations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_proxies" ADD CONSTRAINT "patient_proxies_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patient_proxies" ADD CONSTRAINT "patient_proxies_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_tokens_user" ON "account_tokens" USING btree ("user_id","purpose");--> statement-breakpoint
CREATE INDEX "refresh_tokens_session" ON "refresh_tokens" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id","revoked_at");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "users_role_name" ON "users" USING btree ("role","display_name","id");--> statement-breakpoint
CREATE INDEX "users_name" ON "users" USING btree ("display_name","id");--> statement-breakpoint
CREATE INDEX "appointment_events_appointment" ON "appointment_events" USING btree ("appointment_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "appointments_external_unique" ON "appointments" USING btree ("external_id") WHERE "appointments"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "appointments_doctor_start" ON "appointments" USING btree ("doctor_id","starts_at");--> statement-breakpoint
CREATE INDEX "appointments_patient_start" ON "appointments" USING btree ("patient_id","starts_at");--> statement-breakpoint
CREATE INDEX "appointments_location_start" ON "appointments" USING btree ("location_id","starts_at");--> statement-breakpoint
CREATE INDEX "appointments_start" ON "appointments" USING btree ("starts_at","id");--> statement-breakpoint
CREATE INDEX "appointments_hold_expiry" ON "appointments" USING btree ("hold_expires_at") WHERE "appointments"."status" = 'held';--> statement-breakpoint
CREATE INDEX "appointments_series" ON "appointments" USING btree ("series_id") WHERE "appointments"."series_id" is not null;--> statement-breakpoint
CREATE INDEX "room_services_service" ON "room_services" USING btree ("service_id");--> statement-breakpoint
CREATE INDEX "doctor_locations_location" ON "doctor_locations" USING btree ("location_id");--> statement-breakpoint
CREATE INDEX "doctor_services_service" ON "doctor_services" USING btree ("service_id");--> statement-breakpoint
CREATE INDEX "doctors_name" ON "doctors" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "schedule_exceptions_doctor_during" ON "schedule_exceptions" USING gist ("doctor_id","during");--> statement-breakpoint
CREATE INDEX "schedule_rules_doctor" ON "schedule_rules" USING btree ("doctor_id","weekday");--> statement-breakpoint
CREATE INDEX "schedule_rules_location" ON "schedule_rules" USING btree ("location_id");--> statement-breakpoint
CREATE INDEX "notifications_due" ON "notifications" USING btree ("due_at","id") WHERE "notifications"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "notifications_appointment" ON "notifications" USING btree ("appointment_id");--> statement-breakpoint
CREATE INDEX "notifications_patient" ON "notifications" USING btree ("patient_id");--> statement-breakpoint
CREATE INDEX "notifications_user" ON "notifications" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "notifications_status" ON "notifications" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("available_at","id") WHERE "outbox"."done_at" is null and "outbox"."dead_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_done" ON "outbox" USING btree ("done_at") WHERE "outbox"."done_at" is not null;--> statement-breakpoint
CREATE INDEX "outbox_dead" ON "outbox" USING btree ("dead_at") WHERE "outbox"."dead_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "patient_proxies_one_live_grant" ON "patient_proxies" USING btree ("patient_id","user_id") WHERE "patient_proxies"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "patient_proxies_user" ON "patient_proxies" USING btree ("user_id") WHERE "patient_proxies"."revoked_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "patients_external_unique" ON "patients" USING btree ("external_id") WHERE "patients"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "patients_name_search" ON "patients" USING gin ((lower("given_name" || ' ' || "family_name")) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "patients_family_name" ON "patients" USING btree ("family_name","given_name","id");--> statement-breakpoint
CREATE INDEX "patients_date_of_birth" ON "patients" USING btree ("date_of_birth");--> statement-breakpoint
CREATE INDEX "patients_phone" ON "patients" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "patients_email" ON "patients" USING btree ("email");--> statement-breakpoint
CREATE INDEX "patients_phone_search" ON "patients" USING gin ("phone" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "patients_email_search" ON "patients" USING gin ((lower("email"::text)) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_log_row" ON "audit_log" USING btree ("table_name","row_id");--> statement-breakpoint
CREATE INDEX "audit_log_patient" ON "audit_log" USING btree ("patient_id","id") WHERE "audit_log"."patient_id" is not null;--> statement-breakpoint
CREATE INDEX "audit_log_user" ON "audit_log" USING btree ("user_id","id") WHERE "audit_log"."user_id" is not null;--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE POLICY "account_tokens_app" ON "account_tokens" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_is_system())) WITH CHECK ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "account_tokens_definer" ON "account_tokens" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "refresh_tokens_app" ON "refresh_tokens" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_is_system())) WITH CHECK ((select app_is_system()));--> statement-breakpoint
CREATE POLICY "refresh_tokens_definer" ON "refresh_tokens" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sessions_app" ON "sessions" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_is_admin() or app_is_system()) or "sessions"."user_id" = (select app_user_id())) WITH CHECK ((select app_is_admin() or app_is_system()) or "sessions"."user_id" = (select app_user_id()));--> statement-breakpoint
CREATE POLICY "sessions_definer" ON "sessions" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "users_app" ON "users" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_is_admin() or app_is_system()) or "users"."id" = (select app_user_id())) WITH CHECK ((select app_is_admin() or app_is_system()) or "users"."id" = (select app_user_id()));--> statement-breakpoint
CREATE POLICY "users_definer" ON "users" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "appointment_events_read" ON "appointment_events" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING (exists (select 1 from appointments a where a.id = "appointment_events"."appointment_id"));--> statement-breakpoint
CREATE POLICY "appointment_events_write" ON "appointment_events" AS PERMISSIVE FOR INSERT TO "slotwell_app" WITH CHECK (app_kind() in ('user', 'system'));--> statement-breakpoint
CREATE POLICY "appointment_events_definer" ON "appointment_events" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "appointments_app" ON "appointments" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_sees_all()) or "appointments"."doctor_id" = (select app_doctor_id()) or "appointments"."patient_id" = (select app_patient_id()) or "appointments"."patient_id" in (select app_patient_ids())) WITH CHECK ((select app_sees_all()) or "appointments"."doctor_id" = (select app_doctor_id()) or "appointments"."patient_id" = (select app_patient_id()) or "appointments"."patient_id" in (select app_patient_ids()));--> statement-breakpoint
CREATE POLICY "appointments_definer" ON "appointments" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "notification_preferences_app" ON "notification_preferences" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_sees_all()) or "notification_preferences"."user_id" = (select app_user_id())) WITH CHECK ((select app_sees_all()) or "notification_preferences"."user_id" = (select app_user_id()));--> statement-breakpoint
CREATE POLICY "notification_preferences_definer" ON "notification_preferences" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "notifications_app" ON "notifications" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_sees_all()) or "notifications"."patient_id" in (select app_patient_ids()) or "notifications"."user_id" = (select app_user_id())) WITH CHECK ((select app_sees_all()) or "notifications"."patient_id" in (select app_patient_ids()) or "notifications"."user_id" = (select app_user_id()));--> statement-breakpoint
CREATE POLICY "notifications_definer" ON "notifications" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "patient_proxies_app" ON "patient_proxies" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_sees_all()) or "patient_proxies"."user_id" = (select app_user_id()) or "patient_proxies"."patient_id" in (select app_patient_ids())) WITH CHECK ((select app_sees_all()) or "patient_proxies"."patient_id" in (select app_patient_ids()));--> statement-breakpoint
CREATE POLICY "patient_proxies_definer" ON "patient_proxies" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "patients_app" ON "patients" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_is_staff() or app_is_system()) or "patients"."user_id" = (select app_user_id()) or "patients"."id" in (select app_patient_ids())) WITH CHECK ((select app_is_staff() or app_is_system()) or "patients"."user_id" = (select app_user_id()) or "patients"."id" in (select app_patient_ids()));--> statement-breakpoint
CREATE POLICY "patients_definer" ON "patients" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "audit_log_app" ON "audit_log" AS PERMISSIVE FOR SELECT TO "slotwell_app" USING ((select app_is_admin() or app_is_system()) or "audit_log"."patient_id" in (select app_patient_ids()));--> statement-breakpoint
CREATE POLICY "audit_log_definer" ON "audit_log" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "idempotency_keys_app" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO "slotwell_app" USING ((select app_is_system()) or "idempotency_keys"."user_id" = (select app_user_id())) WITH CHECK ((select app_is_system()) or "idempotency_keys"."user_id" = (select app_user_id()));--> statement-breakpoint
CREATE POLICY "idempotency_keys_definer" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO "slotwell_definer" USING (true) WITH CHECK (true);