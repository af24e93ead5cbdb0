import { changeStatus as change } from "@/lib/appointments/change-status";
import { endpoint, route } from "@/lib/platform/endpoint";
import { changeAppointmentStatus } from "../../../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(changeAppointmentStatus, (ctx, { params, body, expectedVersion }) =>
    change(ctx, { ...params, ...body, expectedVersion }),
  ),
});
