import { endpoint, route } from "@/lib/platform/endpoint";
import { revokeAccess as revoke } from "@/lib/records/grants";
import { revokeAccess } from "../../_calls/record-access";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(revokeAccess, (ctx, { params }) => revoke(ctx, params)),
});
