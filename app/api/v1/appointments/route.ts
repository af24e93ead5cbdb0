import { bookAppointment } from "@/lib/appointments/book-appointment";
import { listAppointments as list } from "@/lib/appointments/list-appointments";
import { endpoint, route } from "@/lib/platform/endpoint";
import { createAppointment, listAppointments } from "../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listAppointments, (ctx, { query }) => list(ctx, query)),
  POST: endpoint(createAppointment, (ctx, { body }) => bookAppointment(ctx, body)),
});
