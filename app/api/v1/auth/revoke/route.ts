import { revokeTokens } from "@/lib/accounts/revoke-tokens";
import { endpoint, route } from "@/lib/platform/endpoint";
import { revoke } from "../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(revoke, (ctx, { body }) => revokeTokens(ctx, body)),
});
