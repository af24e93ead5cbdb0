import { rescheduleAppointment as reschedule } from "@/lib/appointments/reschedule-appointment";
import { endpoint, route } from "@/lib/platform/endpoint";
import { rescheduleAppointment } from "../../../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(rescheduleAppointment, (ctx, { params, body, expectedVersion }) =>
    reschedule(ctx, { ...params, ...body, expectedVersion }),
  ),
});
