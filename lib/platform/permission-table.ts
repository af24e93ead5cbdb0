import type { Role } from "@/lib/domain/actor";

// What each role may do, and to what. Verbs ask `may`; docs/permissions.md is rendered from here (`npm run permissions`). Row-level security says the
// same once more for everything that holds patients' data, and holds alone: tests/security/policies-alone.db.test.ts.

/** How the asker stands to what it is about. A rule lists those of which one is needed. */
export const RELATIONS = {
  any: "whosever it is",
  account: "the account's own",
  self: "of the patient whom the account is",
  view: "of a patient who lets the account see visits (a live grant)",
  book: "… who lets it book and move",
  cancel: "… who lets it cancel",
  records: "… who lets it read records",
  calendar: "in the doctor's own calendar, or in the doctor's own name",
  treating: "of a patient with a visit to the doctor, within the days that the clinic has set",
  grant: "of a patient whose records were opened to the doctor",
  break_glass: "of a patient for whom the doctor broke the glass, while it lasts",
} as const;
export type Relation = keyof typeof RELATIONS;

export type Asker = "anonymous" | Role | "system";
export type Rule = Readonly<{
  says: string;
  /** It is about a field of what one sees already, by the rule that lets one see it. */
  isField?: true;
}> &
  Readonly<Partial<Record<Asker, readonly Relation[]>>>;

const ANY = ["any"] as const;
const CLINIC = { receptionist: ANY, admin: ANY, system: ANY } as const;
const STAFF = { doctor: ANY, ...CLINIC } as const;
const ADMIN = { admin: ANY, system: ANY } as const;
const ACCOUNT = ["account"] as const;
const CARE = ["treating", "grant", "break_glass"] as const;

const TABLE = {
  "visit.read": {
    says: "see a visit, its history and its calendar entry",
    patient: ["self", "view"],
    doctor: ["calendar", "self"],
    ...CLINIC,
  },
  "visit.reason": {
    says: "read and write the reason for a visit",
    isField: true,
    patient: ANY,
    doctor: ["calendar", "self"],
    receptionist: ["self"],
    admin: ["self"],
  },
  "visit.override_reason": { says: "read why the rules were set aside", isField: true, ...STAFF },
  "visit.book_at_will": { says: "book more than an account's share of a day", ...STAFF },
  "visit.book": { says: "book or hold a time", patient: ["self", "book"], doctor: ["calendar"], ...CLINIC },
  "visit.move": {
    says: "move or confirm a visit, extend or end a hold",
    patient: ["self", "book"],
    doctor: ["calendar", "self"],
    ...CLINIC,
  },
  "visit.cancel": { says: "cancel a visit", patient: ["self", "cancel"], doctor: ["calendar", "self"], ...CLINIC },
  "visit.unbound": {
    says: "book, move and cancel what binds patients: cut-offs, visits that the clinic arranges",
    doctor: ["calendar"],
    ...CLINIC,
  },
  "visit.override": { says: "take a time outside the rules, with a reason", ...STAFF },
  "visit.follow": { says: "follow a visit through the day", doctor: ["calendar"], ...CLINIC },
  "visit.next": { says: "say when a patient should come again", doctor: ["calendar"], ...CLINIC },
  "visit.table": { says: "use the staff's table of visits", ...STAFF },
  "message.follow": {
    says: "see what became of messages about visits, and send again what could not be sent",
    doctor: ["calendar"],
    ...CLINIC,
  },
  "message.events": { says: "see and repeat events that could not be handled", ...CLINIC },
  "inbox.keep": { says: "read what patients answered, and see to it", ...CLINIC },
  "stop.keep": { says: "see which of a patient's addresses are written to no more, and lift what bounced", ...CLINIC },
  "visit.sweep": { says: "remove holds that have run out", system: ANY },
  "waitlist.read": { says: "see wishes and offers", patient: ["self", "view"], doctor: ["self", "view"], ...CLINIC },
  "waitlist.keep": {
    says: "put wishes on the waiting list, take them off, and answer offers",
    patient: ["self", "book"],
    doctor: ["self", "book"],
    ...CLINIC,
  },
  "waitlist.table": { says: "see who waits, and what became of what was offered", ...CLINIC },
  "recall.keep": { says: "say who is asked to come again, and see how many that are", ...ADMIN },
  "recall.table": { says: "see who is due on recall lists, and note that they were asked", ...CLINIC },
  "recall.look": { says: "look for who is due", system: ANY },
  "waitlist.offer": { says: "offer what has become free", system: ANY },
  "waitlist.assign": { says: "offer a free time to one who waits, out of turn", ...CLINIC },
  "slot.explain": { says: "ask why a time is not offered", ...STAFF },

  "calendar.keep": { says: "read and keep a doctor's calendar, hours and leave", doctor: ["calendar"], ...CLINIC },
  "calendar.hours": { says: "read a doctor's hours, leave and places", ...STAFF },

  "patient.search": { says: "find patients among all", ...STAFF },
  "patient.read": { says: "see who a patient is and how to reach them", patient: ["self", "view"], ...STAFF },
  "patient.register": { says: "register a patient", ...STAFF },
  "patient.contact": { says: "change how a patient is reached", patient: ["self", "book"], ...STAFF },
  "patient.identity": { says: "correct name, birth and sex", isField: true, ...STAFF },
  "child.add": { says: "register a child of one's own", patient: ACCOUNT },
  "proxy.read": {
    says: "see who acts for a patient",
    patient: ["self", "account"],
    doctor: ["self", "account"],
    ...CLINIC,
  },
  "proxy.grant": { says: "let somebody act for a patient", patient: ["self"], ...CLINIC },
  "proxy.end": { says: "end such a grant", patient: ["self", "account"], doctor: ["self", "account"], ...CLINIC },

  "record.read": {
    says: "read records (patients: what was released)",
    patient: ["self", "records"],
    doctor: ["self", "records", ...CARE],
    system: ANY,
  },
  "record.write": { says: "write, sign, amend, release and withhold records", doctor: CARE, system: ANY },
  "record.count": { says: "see how many records there are", isField: true, ...STAFF },
  "record.open": {
    says: "open records to another doctor, and end that",
    patient: ["self"],
    doctor: ["treating", "self"],
    ...ADMIN,
  },
  "record.opened": {
    says: "see to whom records are open",
    patient: ["self", "records"],
    doctor: ["calendar", "treating", "self"],
    ...ADMIN,
  },
  "glass.break": { says: "break the glass for a patient whom one does not treat", doctor: ANY, system: ANY },
  "glass.list": {
    says: "see where the glass was broken",
    patient: ["self", "records"],
    doctor: ["calendar", "self", "records"],
    ...ADMIN,
  },
  "glass.close": { says: "end broken glass before its time", doctor: ["calendar"], ...ADMIN },
  "reads.list": {
    says: "see who read a patient's records",
    patient: ["self", "records"],
    doctor: ["self", "records"],
    ...ADMIN,
  },
  "consent.read": {
    says: "see what a patient agreed to",
    patient: ["self", "view"],
    doctor: ["self", "view"],
    ...CLINIC,
  },
  "consent.decide": {
    says: "give a patient's consents and take them back",
    patient: ["self", "book"],
    doctor: ["self", "book"],
    ...CLINIC,
  },
  "data.export": {
    says: "get everything that is kept about a patient",
    patient: ["self", "records"],
    doctor: ["self", "records"],
    ...ADMIN,
  },
  "erasure.ask": {
    says: "ask for a patient to be erased",
    patient: ["self", "records"],
    doctor: ["self", "records"],
    ...ADMIN,
  },
  "erasure.decide": { says: "erase patients, hold their data, and see what an erasure would do", ...ADMIN },
  "template.keep": { says: "keep templates for notes", doctor: ANY, ...ADMIN },

  "clinic.configure": { says: "change places, rooms, services, doctors and settings", ...ADMIN },
  "text.keep": { says: "see, change and try out the words of messages", ...ADMIN },
  "clinic.retired": { says: "see what is switched off", ...STAFF },
  "room.read": { says: "see rooms", ...STAFF },
  "doctor.email": { says: "see a doctor's address", isField: true, ...ADMIN },
  "figures.read": { says: "see figures over all visits", ...ADMIN },
  "audit.read": { says: "read the audit log and all reads of records", ...ADMIN },

  "account.keep": {
    says: "keep one's own sign-ins, password, factors and preferences",
    patient: ACCOUNT,
    doctor: ACCOUNT,
    receptionist: ACCOUNT,
    admin: ACCOUNT,
  },
  "account.administrate": { says: "see, invite, change and disable accounts", ...ADMIN },
  "account.first_admin": { says: "make the first admin (on the server)", system: ANY },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof TABLE;
export const PERMISSIONS: Readonly<Record<Action, Rule>> = TABLE;

/** Who passes the doors of the REST API at all; what they may do behind them is said above. */
export const DOORS = {
  public: ["anonymous", "patient", "doctor", "receptionist", "admin"],
  signed_in: ["patient", "doctor", "receptionist", "admin"],
  staff: ["doctor", "receptionist", "admin"],
  doctor: ["doctor"],
  doctor_or_admin: ["doctor", "admin"],
  clinic: ["receptionist", "admin"],
  admin: ["admin"],
} as const satisfies Record<string, readonly Asker[]>;
export type Door = keyof typeof DOORS;
