import { getMe as me } from "@/lib/accounts/get-me";
import { endpoint, route } from "@/lib/platform/endpoint";
import { getMe } from "../_calls/accounts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: endpoint(getMe, (ctx) => me(ctx)) });
