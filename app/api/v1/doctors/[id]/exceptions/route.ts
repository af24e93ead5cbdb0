import { createException as create } from "@/lib/doctors/create-exception";
import { listExceptions as list } from "@/lib/doctors/queries";
import { endpoint, route } from "@/lib/platform/endpoint";
import { createException, listExceptions } from "../../../_calls/doctors";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listExceptions, (ctx, { params, query }) => list(ctx, { doctorId: params.id, ...query })),
  POST: endpoint(createException, (ctx, { params, body }) => create(ctx, { doctorId: params.id, ...body })),
});
