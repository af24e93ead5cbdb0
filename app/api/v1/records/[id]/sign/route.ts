import { endpoint, route } from "@/lib/platform/endpoint";
import { signRecord as change } from "@/lib/records/sign-record";
import { signRecord } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(signRecord, (ctx, { params, expectedVersion }) => change(ctx, { ...params, expectedVersion })),
});
