import { createDoctor as create } from "@/lib/doctors/create-doctor";
import { listDoctors as list } from "@/lib/doctors/queries";
import { endpoint, route } from "@/lib/platform/endpoint";
import { createDoctor, listDoctors } from "../_calls/doctors";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listDoctors, (ctx, { query }) => list(ctx, query)),
  POST: endpoint(createDoctor, (ctx, { body }) => create(ctx, body)),
});
