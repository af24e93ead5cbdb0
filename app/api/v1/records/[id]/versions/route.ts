import { endpoint, route } from "@/lib/platform/endpoint";
import { recordVersions as versions } from "@/lib/records/record-versions";
import { recordVersions } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(recordVersions, (ctx, { params }) => versions(ctx, params)),
});
