import { getUser as get } from "@/lib/accounts/get-user";
import { updateUser as update } from "@/lib/accounts/update-user";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getUser, updateUser } from "../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getUser, (ctx, { params }) => get(ctx, params)),
  PATCH: endpoint(updateUser, (ctx, { params, body, expectedVersion }) =>
    update(ctx, { ...params, ...body, expectedVersion }),
  ),
});
