import { registerPatient } from "@/lib/accounts/register-patient";
import { endpoint, route } from "@/lib/platform/endpoint";
import { clientInfo } from "@/lib/platform/request-info";
import { register } from "../../_calls/accounts";
import { accepted } from "../accepted";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(register, async (ctx, { body, request }) =>
    accepted(await registerPatient(ctx, body, clientInfo(request))),
  ),
});
