import { endpoint, route } from "@/lib/platform/endpoint";
import { exportPatient as exportAll } from "@/lib/privacy/export-patient";
import { exportPatient } from "../../../_calls/privacy";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(exportPatient, (ctx, { params }) => exportAll(ctx, { patientId: params.id })),
});
