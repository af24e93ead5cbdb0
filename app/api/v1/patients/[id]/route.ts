import { getPatient as get } from "@/lib/patients/queries";
import { updatePatient as update } from "@/lib/patients/update-patient";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getPatient, updatePatient } from "../../_calls/patients";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getPatient, (ctx, { params }) => get(ctx, params)),
  PATCH: endpoint(updatePatient, (ctx, { params, body, expectedVersion }) =>
    update(ctx, { ...params, ...body, expectedVersion }),
  ),
});
