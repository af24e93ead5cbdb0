import { replayNotification as replay } from "@/lib/notifications/replay-dead-letters";
import { endpoint, route } from "@/lib/platform/endpoint";
import { replayNotification } from "../../../_calls/notifications";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(replayNotification, (ctx, { params }) => replay(ctx, params)),
});
