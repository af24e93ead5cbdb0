import { registerPatient } from "@/lib/accounts/register-patient";
import { endpoint, route } from "@/lib/platform/endpoint";
import { register } from "../../_calls/accounts";
import { accepted } from "../accepted";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(register, async (ctx, { body }) => accepted(await registerPatient(ctx, body))),
});
