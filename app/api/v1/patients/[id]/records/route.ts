import { endpoint, route } from "@/lib/platform/endpoint";
import { createRecord as create } from "@/lib/records/create-record";
import { listRecords as list } from "@/lib/records/list-records";
import { createRecord, listRecords } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listRecords, (ctx, { params, query }) => list(ctx, { ...query, patientId: params.id })),
  POST: endpoint(createRecord, (ctx, { params, body }) => create(ctx, { ...body, patientId: params.id })),
});
