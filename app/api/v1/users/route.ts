import { inviteStaff } from "@/lib/accounts/invite-staff";
import { listUsers as list } from "@/lib/accounts/list-users";
import { endpoint, route } from "@/lib/platform/endpoint";
import { createUser, listUsers } from "../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listUsers, (ctx, { query }) => list(ctx, query)),
  POST: endpoint(createUser, (ctx, { body }) => inviteStaff(ctx, body)),
});
