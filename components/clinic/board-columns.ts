import type { VisitStatus } from "../ui/status-badge";

const COLUMNS = [
  { id: "booked", statuses: ["booked"] },
  { id: "arrived", statuses: ["arrived"] },
  { id: "checked_in", statuses: ["checked_in"] },
  { id: "in_progress", statuses: ["in_progress"] },
  { id: "done", statuses: ["fulfilled", "no_show", "cancelled"] },
] as const satisfies { id: string; statuses: readonly VisitStatus[] }[];

export type BoardColumn<Visit> = { id: (typeof COLUMNS)[number]["id"]; count: number; visits: Visit[] };

/**
 * A day's visits by where they are, at most `most` cards in each column: of those to come the next, of those who are done the last. `visits` are in
 * order of start.
 */
export function boardColumns<Visit extends { status: VisitStatus; since: string }>(
  visits: readonly Visit[],
  most: number,
): BoardColumn<Visit>[] {
  return COLUMNS.map(({ id, statuses }) => {
    const here = visits.filter(({ status }) => (statuses as readonly VisitStatus[]).includes(status));
    const inOrder = id === "done" ? here.toSorted((a, b) => b.since.localeCompare(a.since)) : here;
    return { id, count: here.length, visits: inOrder.slice(0, most) };
  });
}
