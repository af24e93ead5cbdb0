import { changePassword as change } from "@/lib/accounts/change-password";
import { endpoint, route } from "@/lib/platform/endpoint";
import { changePassword } from "../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(changePassword, (ctx, { body }) => change(ctx, body)),
});
