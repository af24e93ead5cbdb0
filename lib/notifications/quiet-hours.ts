import { type QuietHours, USUAL_QUIET } from "@/lib/domain/reminders";

/** A time of PostgreSQL's ("22:30:00") as seconds after midnight. */
const secondsOf = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 3_600 + minutes * 60;
};

const clock = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(11, 16);
/** The usual hours as a form shows them. */
export const USUAL_QUIET_HOURS = { from: clock(USUAL_QUIET.from), until: clock(USUAL_QUIET.until) };

type Wish = { quietFrom: string | null; quietUntil: string | null };

/** A person's quiet hours, or the usual ones. */
export const quietHoursOf = ({ quietFrom, quietUntil }: Wish): QuietHours =>
  quietFrom === null || quietUntil === null
    ? USUAL_QUIET
    : { from: secondsOf(quietFrom), until: secondsOf(quietUntil) };
