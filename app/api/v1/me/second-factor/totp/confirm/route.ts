import { confirmTotp as confirm } from "@/lib/accounts/confirm-totp";
import { endpoint, route } from "@/lib/platform/endpoint";
import { confirmTotp } from "../../../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(confirmTotp, (ctx, { body }) => confirm(ctx, body)),
});
