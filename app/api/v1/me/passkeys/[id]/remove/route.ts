import { removePasskey as remove } from "@/lib/accounts/remove-passkey";
import { endpoint, route } from "@/lib/platform/endpoint";
import { removePasskey } from "../../../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(removePasskey, (ctx, { params, body }) => remove(ctx, { ...params, ...body })),
});
