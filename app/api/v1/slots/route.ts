import { searchSlots as search } from "@/lib/availability/search-slots";
import { endpoint, route } from "@/lib/platform/endpoint";
import { searchSlots } from "../_calls/slots";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(searchSlots, (ctx, { query }) => search(ctx, query)),
});
