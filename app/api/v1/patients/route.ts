import { createPatient as create } from "@/lib/patients/create-patient";
import { listPatients as list } from "@/lib/patients/queries";
import { endpoint, route } from "@/lib/platform/endpoint";
import { createPatient, listPatients } from "../_calls/patients";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listPatients, (ctx, { query }) => list(ctx, query)),
  POST: endpoint(createPatient, (ctx, { body }) => create(ctx, body)),
});
