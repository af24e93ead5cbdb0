import { renewRecoveryCodes as renew } from "@/lib/accounts/renew-recovery-codes";
import { endpoint, route } from "@/lib/platform/endpoint";
import { renewRecoveryCodes } from "../../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(renewRecoveryCodes, (ctx) => renew(ctx)),
});
