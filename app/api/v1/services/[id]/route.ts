import { getService as get } from "@/lib/clinic/queries";
import { updateService as update } from "@/lib/clinic/update-service";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getService, updateService } from "../../_calls/clinic";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getService, (ctx, { params }) => get(ctx, params)),
  PATCH: endpoint(updateService, (ctx, { params, body, expectedVersion }) =>
    update(ctx, { ...params, ...body, expectedVersion }),
  ),
});
