import { isUuid } from "@/lib/clinic/queries";
import { isDate } from "@/lib/domain/calendar";

export type Search = Promise<Record<string, string | string[] | undefined>>;

/** The first value of a query parameter; undefined where it is not there or says nothing. */
export function one(value: string | string[] | undefined): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  return first?.trim() || undefined;
}

/** What somebody wrote into the address by hand counts only where it can be meant. */
export const idIn = (value: string | string[] | undefined) => {
  const text = one(value);
  return isUuid(text) ? text : undefined;
};
export const dateIn = (value: string | string[] | undefined) => {
  const text = one(value);
  return text && isDate(text) ? text : undefined;
};
