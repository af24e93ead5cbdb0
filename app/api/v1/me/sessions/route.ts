import { listSessions as list } from "@/lib/accounts/list-sessions";
import { endpoint, route } from "@/lib/platform/endpoint";
import { listSessions } from "../../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: endpoint(listSessions, (ctx) => list(ctx)) });
