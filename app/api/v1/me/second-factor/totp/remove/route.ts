import { removeTotp as remove } from "@/lib/accounts/remove-totp";
import { endpoint, route } from "@/lib/platform/endpoint";
import { removeTotp } from "../../../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(removeTotp, (ctx, { body }) => remove(ctx, body)),
});
