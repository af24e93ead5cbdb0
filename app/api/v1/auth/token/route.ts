import { createTokens } from "@/lib/accounts/create-tokens";
import { endpoint, route } from "@/lib/platform/endpoint";
import { clientInfo } from "@/lib/platform/request-info";
import { createToken } from "../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(createToken, (ctx, { body, request }) => createTokens(ctx, body, clientInfo(request))),
});
