import type { Row } from "./export-view";
import { type Inventoried, shownColumns } from "./inventory";

/** What an export shows of a row, instants as RFC 3339. */
export const pick = (name: Inventoried, row: Row): Row =>
  Object.fromEntries(
    shownColumns(name).map((key) => [key, row[key] instanceof Date ? (row[key] as Date).toISOString() : row[key]]),
  );
