import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** A page of patients shows the same numbers again and again, and taking one apart costs more than the row around it. */
const shown = new Map<string, string>();
const MOST_SHOWN = 5_000;

/** "+12125550100" as people write it: "+1 212 555 0100". What is no number stays as it is. */
export function displayPhone(phone: string): string {
  const known = shown.get(phone);
  if (known !== undefined) return known;
  const text = parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
  if (shown.size >= MOST_SHOWN) shown.clear();
  shown.set(phone, text);
  return text;
}
