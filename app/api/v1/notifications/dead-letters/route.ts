import { listDeadLetters as list } from "@/lib/notifications/list-dead-letters";
import { endpoint, route } from "@/lib/platform/endpoint";
import { listDeadLetters } from "../../_calls/notifications";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listDeadLetters, (ctx, { query }) => list(ctx, query)),
});
