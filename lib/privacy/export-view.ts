import { type Column, getTableColumns } from "drizzle-orm";
import { z } from "zod";
import { recordView } from "@/lib/records/views";
import { INVENTORY, type Inventoried, shownColumns } from "./inventory";

/** What a column's value is in JSON; instants are RFC 3339. */
function jsonOf(column: Column): z.ZodType {
  const plain = () => {
    if (column.dataType === "number") return z.number();
    if (column.dataType === "boolean") return z.boolean();
    if (column.dataType === "array") return z.array(z.union([z.string(), z.number()]));
    return column.dataType === "json" ? z.record(z.string(), z.unknown()) : z.string();
  };
  return column.notNull ? plain() : plain().nullable();
}

/** A row of a table as an export shows it: by the inventory, so that a column that is shown is in the document too. Its keys are not in its type. */
function row(name: Inventoried): z.ZodObject<Record<never, z.ZodType>> {
  const columns = getTableColumns(INVENTORY[name].table) as Record<string, Column>;
  const shape = shownColumns(name).map((key) => [key, jsonOf(columns[key] as Column)]);
  return z.object(Object.fromEntries(shape) as Record<never, z.ZodType>);
}
export type Row = Record<string, unknown>;

const name = z.string().nullable();
const text = z.string().nullable();
const identifiers = { recordNumber: text, email: text, phone: text, address: text, externalId: text };

export const WITHHELD_REASONS = [
  /** A doctor withheld it and wrote down why; ask them. */
  "withheld_by_doctor",
  /** Signed, and not released yet. */
  "not_released",
  "draft",
  /** Written about somebody else, or wrong. */
  "entered_in_error",
  /** Why staff set a rule aside for a visit. */
  "staff_note",
  /** Kept for a dispute or an inquiry. */
  "legal_hold",
] as const;

/** Everything that is kept about one patient (GDPR 15, 20). `withheld` says of what is left out that it is there, and why it is. */
export const patientExport = z.object({
  format: z.literal("slotwell-patient-export/1"),
  madeAt: z.string(),
  patient: row("patients").extend(identifiers),
  account: row("users")
    .extend({
      sessions: z.array(row("sessions")),
      authenticator: row("totp_secrets").nullable(),
      recoveryCodes: z.array(row("recovery_codes")),
      passkeys: z.array(row("passkeys")),
      messagePreferences: z.array(row("notification_preferences")),
      actsFor: z.array(row("patient_proxies")),
    })
    .nullable(),
  proxies: z.array(row("patient_proxies").extend({ name })),
  visits: z.array(
    row("appointments").extend({
      ...{ service: z.string(), doctor: z.string(), location: z.string(), timeZone: z.string() },
      history: z.array(row("appointment_events")),
    }),
  ),
  records: z.array(
    row("medical_records").extend({
      ...recordView.pick({ title: true, body: true, coding: true, doctor: true }).shape,
      attachments: z.array(row("record_attachments").extend({ fileName: z.string() })),
      /** Every signed wording, the first one first. */
      versions: z.array(
        row("record_versions").extend({
          ...recordView.pick({ title: true, body: true, coding: true }).shape,
          ...{ reason: z.string().nullable(), doctor: z.string() },
        }),
      ),
    }),
  ),
  recordGrants: z.array(row("record_grants").extend({ doctor: z.string(), reason: z.string() })),
  emergencyAccess: z.array(row("break_glass").extend({ doctor: z.string(), reason: z.string() })),
  messages: z.array(row("notifications")),
  messageStops: z.array(row("channel_stops")),
  replies: z.array(row("inbound_messages")),
  waitingList: z.array(row("waitlist_entries")),
  waitingListOffers: z.array(row("waitlist_offers")),
  nextVisits: z.array(row("next_visits")),
  recalls: z.array(row("recall_patients").extend({ name: z.string() })),
  consents: z.array(row("consents")),
  erasureRequests: z.array(row("erasures")),
  accessLog: z.array(row("access_log").extend({ name })),
  changes: z.array(row("audit_log").extend({ fields: z.array(z.string()) })),
  withheld: z.array(z.object({ reason: z.enum(WITHHELD_REASONS), count: z.int() })),
});
export type PatientExport = z.infer<typeof patientExport>;
