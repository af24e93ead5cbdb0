import { putPreferences as put, getPreferences as read } from "@/lib/notifications/preferences";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getPreferences, putPreferences } from "../../_calls/notifications";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getPreferences, (ctx) => read(ctx)),
  PUT: endpoint(putPreferences, (ctx, { body }) => put(ctx, body)),
});
