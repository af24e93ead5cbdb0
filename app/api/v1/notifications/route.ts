import { listNotifications as list } from "@/lib/notifications/list-notifications";
import { endpoint, route } from "@/lib/platform/endpoint";
import { listNotifications } from "../_calls/notifications";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listNotifications, (ctx, { query }) => list(ctx, query)),
});
