import { appointmentHistory } from "@/lib/appointments/appointment-history";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getAppointmentHistory } from "../../../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getAppointmentHistory, (ctx, { params }) => appointmentHistory(ctx, params)),
});
