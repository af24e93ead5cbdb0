import { endpoint, route } from "@/lib/platform/endpoint";
import { markInError as change } from "@/lib/records/mark-in-error";
import { markInError } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(markInError, (ctx, { params, body, expectedVersion }) =>
    change(ctx, { ...params, ...body, expectedVersion }),
  ),
});
