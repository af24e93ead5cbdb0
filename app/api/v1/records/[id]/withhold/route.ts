import { endpoint, route } from "@/lib/platform/endpoint";
import { withholdRecord as change } from "@/lib/records/withhold-record";
import { withholdRecord } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(withholdRecord, (ctx, { params, body, expectedVersion }) =>
    change(ctx, { ...params, ...body, expectedVersion }),
  ),
});
