import { enrolTotp as enrol } from "@/lib/accounts/enrol-totp";
import { endpoint, route } from "@/lib/platform/endpoint";
import { enrolTotp } from "../../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(enrolTotp, (ctx) => enrol(ctx)),
});
