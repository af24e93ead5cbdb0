import { getDoctor as get } from "@/lib/doctors/queries";
import { updateDoctor as update } from "@/lib/doctors/update-doctor";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getDoctor, updateDoctor } from "../../_calls/doctors";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getDoctor, (ctx, { params }) => get(ctx, params)),
  PATCH: endpoint(updateDoctor, (ctx, { params, body, expectedVersion }) =>
    update(ctx, { ...params, ...body, expectedVersion }),
  ),
});
