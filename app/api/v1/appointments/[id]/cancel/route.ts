import { cancelAppointment as cancel } from "@/lib/appointments/cancel-appointment";
import { endpoint, route } from "@/lib/platform/endpoint";
import { cancelAppointment } from "../../../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(cancelAppointment, (ctx, { params, body, expectedVersion }) =>
    cancel(ctx, { ...params, ...body, expectedVersion }),
  ),
});
