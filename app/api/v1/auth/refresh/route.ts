import { refreshTokens } from "@/lib/accounts/refresh-tokens";
import { endpoint, route } from "@/lib/platform/endpoint";
import { refresh } from "../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(refresh, (ctx, { body }) => refreshTokens(ctx, body)),
});
