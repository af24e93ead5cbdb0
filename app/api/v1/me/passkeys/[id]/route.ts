import { renamePasskey as rename } from "@/lib/accounts/rename-passkey";
import { endpoint, route } from "@/lib/platform/endpoint";
import { renamePasskey } from "../../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  PATCH: endpoint(renamePasskey, (ctx, { params, body }) => rename(ctx, { ...params, ...body })),
});
