import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** "+12125550100" as people write it: "+1 212 555 0100". What is no number stays as it is. */
export const displayPhone = (phone: string) => parsePhoneNumberFromString(phone)?.formatInternational() ?? phone;
