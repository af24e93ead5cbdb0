import { getSecondFactor as get } from "@/lib/accounts/get-second-factor";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getSecondFactor } from "../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getSecondFactor, (ctx) => get(ctx)),
});
