import { deleteException as remove } from "@/lib/doctors/delete-exception";
import { endpoint, route } from "@/lib/platform/endpoint";
import { deleteException } from "../../../../_calls/doctors";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(deleteException, (ctx, { params }) => remove(ctx, { doctorId: params.id, id: params.exceptionId })),
});
