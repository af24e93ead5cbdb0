import { listSessions as list } from "@/lib/accounts/list-sessions";
import { revokeOtherSessions } from "@/lib/accounts/revoke-other-sessions";
import { endpoint, route } from "@/lib/platform/endpoint";
import { deleteOtherSessions, listSessions } from "../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listSessions, (ctx) => list(ctx)),
  DELETE: endpoint(deleteOtherSessions, (ctx) => revokeOtherSessions(ctx)),
});
