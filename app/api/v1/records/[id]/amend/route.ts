import { endpoint, route } from "@/lib/platform/endpoint";
import { amendRecord as change } from "@/lib/records/amend-record";
import { amendRecord } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(amendRecord, (ctx, { params, body, expectedVersion }) =>
    change(ctx, { ...params, ...body, expectedVersion }),
  ),
});
