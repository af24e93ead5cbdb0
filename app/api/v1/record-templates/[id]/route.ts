import { endpoint, route } from "@/lib/platform/endpoint";
import { updateTemplate as update } from "@/lib/records/templates";
import { updateTemplate } from "../../_calls/record-access";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  PATCH: endpoint(updateTemplate, (ctx, { params, body, expectedVersion }) =>
    update(ctx, { ...params, ...body, expectedVersion }),
  ),
});
