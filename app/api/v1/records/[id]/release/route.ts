import { endpoint, route } from "@/lib/platform/endpoint";
import { releaseRecord as change } from "@/lib/records/release-record";
import { releaseRecord } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(releaseRecord, (ctx, { params, expectedVersion }) => change(ctx, { ...params, expectedVersion })),
});
