import { endpoint, route } from "@/lib/platform/endpoint";
import { patientSummary as summarise } from "@/lib/records/patient-summary";
import { patientSummary } from "../../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(patientSummary, (ctx, { params }) => summarise(ctx, { patientId: params.id })),
});
