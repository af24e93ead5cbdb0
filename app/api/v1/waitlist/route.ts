import { endpoint, route } from "@/lib/platform/endpoint";
import { joinWaitlist } from "@/lib/waitlist/join-waitlist";
import { listWaitlist } from "@/lib/waitlist/list-waitlist";
import * as calls from "../_calls/waitlist";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(calls.listWaitlist, (ctx, { query }) => listWaitlist(ctx, query)),
  POST: endpoint(calls.joinWaitlist, (ctx, { body }) => joinWaitlist(ctx, body)),
});
