import { requestPasswordReset } from "@/lib/accounts/request-password-reset";
import { endpoint, route } from "@/lib/platform/endpoint";
import { requestReset } from "../../_calls/accounts";
import { accepted } from "../accepted";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(requestReset, async (ctx, { body }) => accepted(await requestPasswordReset(ctx, body))),
});
