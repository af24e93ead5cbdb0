import { getAppointment as get } from "@/lib/appointments/get-appointment";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getAppointment } from "../../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getAppointment, (ctx, { params }) => get(ctx, params)),
});
