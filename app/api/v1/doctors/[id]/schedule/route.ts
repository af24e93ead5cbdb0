import { putSchedule as put } from "@/lib/doctors/put-schedule";
import { getSchedule as get } from "@/lib/doctors/queries";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getSchedule, putSchedule } from "../../../_calls/doctors";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getSchedule, (ctx, { params }) => get(ctx, { doctorId: params.id })),
  PUT: endpoint(putSchedule, (ctx, { params, body, expectedVersion }) =>
    put(ctx, { doctorId: params.id, ...body, expectedVersion }),
  ),
});
