import { endpoint, route } from "@/lib/platform/endpoint";
import { getAttachment as get, removeAttachment as remove } from "@/lib/records/attachments";
import { getAttachment, removeAttachment } from "../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getAttachment, (ctx, { params }) => get(ctx, params)),
  DELETE: endpoint(removeAttachment, (ctx, { params }) => remove(ctx, params)),
});
