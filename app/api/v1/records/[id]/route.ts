import { endpoint, route } from "@/lib/platform/endpoint";
import { discardDraft as discard } from "@/lib/records/discard-draft";
import { getRecord as get } from "@/lib/records/get-record";
import { saveDraft as save } from "@/lib/records/save-draft";
import { discardDraft, getRecord, saveDraft } from "../../_calls/records";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getRecord, (ctx, { params }) => get(ctx, params)),
  PATCH: endpoint(saveDraft, (ctx, { params, body, expectedVersion }) =>
    save(ctx, { ...params, ...body, expectedVersion }),
  ),
  DELETE: endpoint(discardDraft, (ctx, { params, expectedVersion }) => discard(ctx, { ...params, expectedVersion })),
});
