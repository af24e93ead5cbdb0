import { endpoint, route } from "@/lib/platform/endpoint";
import { leaveWaitlist } from "@/lib/waitlist/leave-waitlist";
import * as calls from "../../_calls/waitlist";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: endpoint(calls.leaveWaitlist, (ctx, { params }) => leaveWaitlist(ctx, params)),
});
