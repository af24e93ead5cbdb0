import { endpoint, route } from "@/lib/platform/endpoint";
import { erasePatient as erase, previewErasure as preview } from "@/lib/privacy/erase-patient";
import { erasePatient, previewErasure } from "../../../_calls/privacy";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(previewErasure, (ctx, { params }) => preview(ctx, { patientId: params.id })),
  POST: endpoint(erasePatient, (ctx, { params, body }) => erase(ctx, { ...body, patientId: params.id })),
});
