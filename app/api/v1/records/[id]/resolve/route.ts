import { endpoint, route } from "@/lib/platform/endpoint";
import { resolveRecord as change } from "@/lib/records/resolve-record";
import { resolveRecord } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(resolveRecord, (ctx, { params, body, expectedVersion }) =>
    change(ctx, { ...params, ...body, expectedVersion }),
  ),
});
