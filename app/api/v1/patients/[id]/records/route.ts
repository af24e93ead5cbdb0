import { endpoint, route } from "@/lib/platform/endpoint";
import { createRecord as create } from "@/lib/records/create-record";
import { getRecord } from "@/lib/records/get-record";
import { listRecords as list } from "@/lib/records/list-records";
import { createRecord, listRecords } from "../../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listRecords, (ctx, { params, query }) => list(ctx, { ...query, patientId: params.id })),
  // What a record says is kept sealed and nowhere else, so an answer that is asked for again is read again.
  POST: endpoint(createRecord, (ctx, { params, body }) => create(ctx, { ...body, patientId: params.id }), getRecord),
});
