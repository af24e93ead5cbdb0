import { endpoint, route } from "@/lib/platform/endpoint";
import { patientAccessLog } from "@/lib/records/access-log";
import { listAccess } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listAccess, (ctx, { params, query }) => patientAccessLog(ctx, { ...query, patientId: params.id })),
});
