import { displayPhone } from "@/lib/format/phone";
import { telHref } from "./phone";

/** A number to call, within a sentence. */
export const PhoneLink = ({ phone }: { phone: string }) => (
  <a href={telHref(phone)} className="link figures font-semibold whitespace-nowrap">
    {displayPhone(phone)}
  </a>
);
