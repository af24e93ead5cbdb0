import { revokeSession } from "@/lib/accounts/revoke-session";
import { endpoint, route } from "@/lib/platform/endpoint";
import { deleteSession } from "../../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(deleteSession, (ctx, { params }) => revokeSession(ctx, params)),
});
