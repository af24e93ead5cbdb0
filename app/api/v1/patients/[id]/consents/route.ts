import { endpoint, route } from "@/lib/platform/endpoint";
import { listConsents as list } from "@/lib/privacy/list-consents";
import { setConsent as set } from "@/lib/privacy/set-consent";
import { listConsents, setConsent } from "../../../_calls/privacy";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listConsents, (ctx, { params }) => list(ctx, { patientId: params.id })),
  POST: endpoint(setConsent, (ctx, { params, body }) => set(ctx, { ...body, patientId: params.id })),
});
