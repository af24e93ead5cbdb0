import type { Db } from "@/db/client";
import { clinicSettings } from "@/lib/clinic/settings";
import type { FieldError } from "@/lib/domain/result";
import { blankToNull } from "@/lib/platform/fields";
import { normalizePhone } from "./phone";

type Contact = { email?: string | null; phone?: string | null; address?: string | null; dateOfBirth?: string | null };

/** The fields as they are kept: blank is nothing, a number is E.164. `errors` where a number is none or a birth lies ahead. */
export async function contactValues(db: Db, input: Contact, now: Date) {
  const errors: FieldError[] = [];
  const phone = blankToNull(input.phone);
  const normalized = phone ? normalizePhone(phone, (await clinicSettings(db)).country) : phone;
  if (phone && !normalized) {
    errors.push({ path: "phone", message: "is not a telephone number; write it with its country code, such as +44" });
  }
  // Births are dated by the calendar where they happened, which may be a day ahead of UTC.
  const latest = new Date(now.getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
  if (input.dateOfBirth && (input.dateOfBirth > latest || input.dateOfBirth < "1880-01-01")) {
    errors.push({ path: "dateOfBirth", message: "must be a date in the past" });
  }
  return { errors, values: { email: input.email, phone: normalized, address: blankToNull(input.address) } };
}
