import { endpoint, route } from "@/lib/platform/endpoint";
import { addAttachment as add } from "@/lib/records/attachments";
import { addAttachment } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(addAttachment, (ctx, { params, query, file }) =>
    add(ctx, { recordId: params.id, fileName: query.fileName, bytes: file }),
  ),
});
