import { smsWebhook } from "@/lib/notifications/sms-webhook";
import { endpoint, route } from "@/lib/platform/endpoint";
import { env } from "@/lib/platform/env";
import { smsReply } from "../../_calls/notifications";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: endpoint(smsReply, (ctx, { file, request }) =>
    smsWebhook(ctx, { headers: request.headers, body: file, search: new URL(request.url).search }, env()),
  ),
});
