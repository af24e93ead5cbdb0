-- Staff repeat events that could not be handled; the web may not touch the outbox otherwise.
GRANT SELECT, UPDATE ON outbox TO slotwell_definer;--> statement-breakpoint
CREATE FUNCTION replay_dead_events(ids uuid[]) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  repeated integer;
BEGIN
  IF NOT app_sees_all() THEN RAISE EXCEPTION 'only the clinic repeats events' USING ERRCODE = 'insufficient_privilege'; END IF;
  UPDATE outbox SET dead_at = NULL, done_at = NULL, attempts = 0, available_at = now() WHERE id = ANY (ids) AND dead_at IS NOT NULL;
  GET DIAGNOSTICS repeated = ROW_COUNT;
  RETURN repeated;
END $$;--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO slotwell_definer;--> statement-breakpoint
ALTER FUNCTION replay_dead_events(uuid[]) OWNER TO slotwell_definer;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM slotwell_definer;--> statement-breakpoint
REVOKE ALL ON FUNCTION replay_dead_events(uuid[]) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION replay_dead_events(uuid[]) TO slotwell_app;
