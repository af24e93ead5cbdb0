import { renameSession as rename } from "@/lib/accounts/rename-session";
import { revokeSession } from "@/lib/accounts/revoke-session";
import { endpoint, route } from "@/lib/platform/endpoint";
import { deleteSession, renameSession } from "../../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  PATCH: endpoint(renameSession, (ctx, { params, body }) => rename(ctx, { ...params, ...body })),
  DELETE: endpoint(deleteSession, (ctx, { params }) => revokeSession(ctx, params)),
});
