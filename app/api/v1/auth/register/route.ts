import { registerPatient } from "@/lib/accounts/register-patient";
import { clinicSettings } from "@/lib/clinic/settings";
import { endpoint, route } from "@/lib/platform/endpoint";
import { register } from "../../_calls/accounts";
import { accepted } from "../accepted";

export const { GET, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint(register, async (ctx, { body }) => {
    const { country } = await clinicSettings(ctx.db);
    return accepted(await registerPatient(ctx, body, { country }));
  }),
});
