import { verifyEmail as verify } from "@/lib/accounts/verify-email";
import { endpoint, route } from "@/lib/platform/endpoint";
import { verifyEmail } from "../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(verifyEmail, (ctx, { body }) => verify(ctx, body)),
});
