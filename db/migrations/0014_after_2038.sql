-- As 0002 made it, but for midnight, whose epoch seconds do not fit into 32 bits from 19 January 2038 on.
CREATE OR REPLACE FUNCTION busy_cells(span tstzrange, of_day date) RETURNS bit(288) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (~ ((~ 0::bit(288)) >> (last - first))) >> first
  FROM (SELECT greatest(0, floor((extract(epoch FROM lower(span)) - midnight) / 300))::int AS first,
               least(288, ceil((extract(epoch FROM upper(span)) - midnight) / 300))::int AS last
        FROM (SELECT (of_day - date '1970-01-01') * 86400::bigint AS midnight) m) c
$$;
