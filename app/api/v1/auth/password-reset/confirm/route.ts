import { confirmPasswordReset } from "@/lib/accounts/confirm-password-reset";
import { endpoint, route } from "@/lib/platform/endpoint";
import { confirmReset } from "../../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(confirmReset, (ctx, { body }) => confirmPasswordReset(ctx, body)),
});
