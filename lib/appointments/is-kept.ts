import type postgres from "postgres";

/** Whether a visit took place or is going to: it is not merely held, was not missed, and not cancelled. For a query of visits `later`. */
export const isKept = (pg: postgres.TransactionSql) => pg`
  later.status in ('booked', 'arrived', 'checked_in', 'in_progress', 'fulfilled')`;
