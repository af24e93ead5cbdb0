import { getRoom as get } from "@/lib/clinic/queries";
import { updateRoom as update } from "@/lib/clinic/update-room";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getRoom, updateRoom } from "../../_calls/clinic";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getRoom, (ctx, { params }) => get(ctx, params)),
  PATCH: endpoint(updateRoom, (ctx, { params, body, expectedVersion }) =>
    update(ctx, { ...params, ...body, expectedVersion }),
  ),
});
