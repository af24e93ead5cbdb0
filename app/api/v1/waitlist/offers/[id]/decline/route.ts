import { endpoint, route } from "@/lib/platform/endpoint";
import { declineOffer } from "@/lib/waitlist/decline-offer";
import * as calls from "../../../../_calls/waitlist";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(calls.declineOffer, (ctx, { params }) => declineOffer(ctx, params)),
});
