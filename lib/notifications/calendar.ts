import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventClass,
  ICalEventStatus,
} from "ical-generator";
import type { Calendar } from "./providers/provider";

export type CalendarVisit = {
  appointmentId: string;
  /** Rises with each change, as SEQUENCE must. */
  version: number;
  startsAt: Date;
  endsAt: Date;
  /** Says that there is an appointment and no more: calendars are shared. */
  summary: string;
  description: string;
  /** null for video and telephone. */
  place: string | null;
  url: string;
};

export type Invitation = { method: "REQUEST" | "CANCEL"; organizer: string; attendee: string };

/** The same in every message and feed about a visit, wherever the product is reached (RFC 5545, 3.8.4.7). */
export const calendarUid = (appointmentId: string) => `${appointmentId}@slotwell`;

/**
 * One visit as iCalendar (RFC 5545). With an `invitation` (RFC 5546) it carries METHOD, organiser and attendee: a later version takes the
 * place of an earlier one in the reader's calendar, CANCEL takes it out. Times are instants in UTC, so no reader needs our zone data.
 */
export function visitCalendar(visit: CalendarVisit, stamp: Date, invitation?: Invitation): string {
  const calendar = ical({ prodId: { company: "Slotwell", product: "Slotwell", language: "EN" } });
  if (invitation) calendar.method(ICalCalendarMethod[invitation.method]);
  const isCancelled = invitation?.method === "CANCEL";
  const event = calendar.createEvent({
    id: calendarUid(visit.appointmentId),
    sequence: visit.version,
    stamp,
    start: visit.startsAt,
    end: visit.endsAt,
    summary: visit.summary,
    description: visit.description,
    location: visit.place,
    url: visit.url,
    class: ICalEventClass.PRIVATE,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  if (invitation) {
    event.organizer(invitation.organizer);
    event.createAttendee({
      email: invitation.attendee,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.ACCEPTED,
      rsvp: false,
    });
  }
  return calendar.toString();
}

/** The attachment of a mail. */
export const invitationOf = (visit: CalendarVisit, stamp: Date, invitation: Invitation): Calendar => ({
  method: invitation.method,
  content: visitCalendar(visit, stamp, invitation),
});
