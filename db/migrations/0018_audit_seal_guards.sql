ALTER TABLE audit_seals FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Seals are only ever added; not even our own jobs change one.
GRANT SELECT, INSERT ON audit_seals TO slotwell_app;--> statement-breakpoint
-- Whoever seals has to know how far ids have been given out.
GRANT SELECT ON SEQUENCE audit_log_id_seq, access_log_id_seq TO slotwell_app;--> statement-breakpoint
GRANT SELECT ON audit_seals TO slotwell_definer;--> statement-breakpoint
GRANT SELECT, DELETE ON audit_log, access_log TO slotwell_definer;--> statement-breakpoint
-- The one way for rows out of the logs: sealed, told of in a seal of their own, and older than a year, whoever asks.
CREATE FUNCTION remove_sealed_rows(of_chain text, up_to bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  log regclass := CASE of_chain WHEN 'audit_log' THEN 'audit_log'::regclass WHEN 'access_log' THEN 'access_log'::regclass END;
  is_young boolean;
  removed bigint;
BEGIN
  IF NOT app_is_system() OR log IS NULL
    OR NOT EXISTS (SELECT FROM audit_seals WHERE chain = of_chain AND kind = 'removal' AND last_id >= up_to) THEN
    RAISE EXCEPTION 'only rows whose removal is sealed are removed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE id <= $1 AND at > now() - interval ''1 year'')', log) INTO is_young USING up_to;
  IF is_young THEN RAISE EXCEPTION 'rows are kept for a year at least' USING ERRCODE = 'insufficient_privilege'; END IF;
  EXECUTE format('DELETE FROM %s WHERE id <= $1', log) USING up_to;
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO slotwell_definer;--> statement-breakpoint
ALTER FUNCTION remove_sealed_rows(text, bigint) OWNER TO slotwell_definer;--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM slotwell_definer;--> statement-breakpoint
REVOKE ALL ON FUNCTION remove_sealed_rows(text, bigint) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION remove_sealed_rows(text, bigint) TO slotwell_app;
