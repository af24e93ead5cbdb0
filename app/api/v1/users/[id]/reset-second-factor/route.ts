import { resetSecondFactor } from "@/lib/accounts/reset-second-factor";
import { endpoint, route } from "@/lib/platform/endpoint";
import { resetUserSecondFactor } from "../../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(resetUserSecondFactor, (ctx, { params }) => resetSecondFactor(ctx, params)),
});
