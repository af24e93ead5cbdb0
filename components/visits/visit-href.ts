import type { VisitView } from "@/lib/appointments/views";

/** The address of a visit's page, or of one below it; it says whose visit it is, for the frame around the page. */
export const visitHref = ({ id, patient }: Pick<VisitView, "id" | "patient">, below = "") =>
  `/visits/${id}${below}${patient ? `?for=${patient.id}` : ""}`;
