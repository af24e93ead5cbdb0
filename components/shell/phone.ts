/** A phone number as a link's target. */
export const telHref = (phone: string) => `tel:${phone.replace(/[^+\d]/g, "")}`;
