import { confirmAppointment as confirm } from "@/lib/appointments/confirm-appointment";
import { endpoint, route } from "@/lib/platform/endpoint";
import { confirmAppointment } from "../../../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(confirmAppointment, (ctx, { params, body, expectedVersion }) =>
    confirm(ctx, { ...params, ...body, expectedVersion }),
  ),
});
