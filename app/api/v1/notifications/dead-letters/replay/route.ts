import { replayDeadLetters as replay } from "@/lib/notifications/replay-dead-letters";
import { endpoint, route } from "@/lib/platform/endpoint";
import { replayDeadLetters } from "../../../_calls/notifications";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(replayDeadLetters, (ctx, { body }) => replay(ctx, body)),
});
