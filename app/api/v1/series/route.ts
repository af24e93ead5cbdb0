import { bookSeries } from "@/lib/appointments/book-series";
import { endpoint, route } from "@/lib/platform/endpoint";
import { createSeries } from "../_calls/appointments";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(createSeries, (ctx, { body }) => bookSeries(ctx, body)),
});
