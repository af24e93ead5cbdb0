import { endpoint, route } from "@/lib/platform/endpoint";
import { acceptOffer } from "@/lib/waitlist/accept-offer";
import * as calls from "../../../../_calls/waitlist";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(calls.acceptOffer, (ctx, { params }) => acceptOffer(ctx, params)),
});
