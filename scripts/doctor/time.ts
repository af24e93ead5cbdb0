import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { isValidTimeZone, offsetAt } from "@/lib/domain/zone";
import { bad, examine, type Finding, fine, warn } from "./finding";

/** Zones whose rules are odd or have changed of late, beside those of the clinic's own places. */
const ZONES = [
  "UTC",
  "America/New_York",
  "America/Sao_Paulo",
  "America/St_Johns",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Europe/London",
  "Pacific/Apia",
];
const WEEK = 7 * 86_400;
const FIRST = Date.UTC(2016, 0, 1) / 1_000;
const MAX_SKEW_MS = 2_000;

/** The clock of this machine against the database's. */
export const examineClock = (db: Db): Promise<Finding> =>
  examine("clock", "Check the database.", async () => {
    const asked = Date.now();
    const [row] = await db.orm.execute<{ ms: number }>(
      sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
    );
    const answered = Date.now();
    // Half the round trip lies before the database looked at its clock.
    const skew = Math.abs((row?.ms ?? 0) - (asked + answered) / 2) - (answered - asked) / 2;
    if (skew < MAX_SKEW_MS) return fine("clock", "agrees with the database's");
    const says = `${(skew / 1_000).toFixed(1)} s apart from the database's`;
    return bad("clock", says, "Let NTP set the clocks of both machines (timedatectl set-ntp true).");
  });

/** Node's time-zone data against PostgreSQL's: each week from 2016 to two years ahead. */
export const examineZones = (db: Db, now: Date): Promise<Finding> =>
  examine("time zones", "Update the time-zone data of the database's machine (package tzdata) and Node.", async () => {
    const places = await db.orm
      .execute<{ time_zone: string }>(sql`select distinct time_zone from locations`)
      .catch(() => []);
    const zones = [...new Set([...ZONES, ...[...places].map(({ time_zone }) => time_zone)])];
    const strange = zones.filter((zone) => !isValidTimeZone(zone));
    if (strange.length > 0) return bad("time zones", `Node does not know ${strange.join(", ")}`, "Update Node.");

    const rows = await db.orm.execute<{ zone: string; at: number; seconds: number }>(sql`
      select zone, at::float8, extract(epoch from (to_timestamp(at) at time zone zone) - (to_timestamp(at) at time zone 'UTC'))::float8 as seconds
      from unnest(string_to_array(${zones.join(",")}, ',')) zone,
        generate_series(${FIRST}::bigint, ${Math.floor(now.getTime() / 1_000) + 104 * WEEK}::bigint, ${WEEK}::bigint) at`);
    const differing = new Set(
      [...rows].filter(({ zone, at, seconds }) => offsetAt(at, zone) !== seconds).map(({ zone }) => zone),
    );
    const data = `Node's ${process.versions.tz ?? "unknown"}`;
    if (differing.size === 0) return fine("time zones", `${zones.length} zones alike in the database and ${data}`);
    const mend =
      "Update tzdata on the database's machine, and Node: wall times would differ between pages and reports.";
    const says = `the database and ${data} differ on ${[...differing].join(", ")}`;
    return [...places].some(({ time_zone }) => differing.has(time_zone))
      ? bad("time zones", says, mend)
      : warn("time zones", says, mend);
  });
