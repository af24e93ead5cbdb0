import { type RouteHandler, route } from "@/lib/platform/endpoint";

const live: RouteHandler = async () =>
  Response.json({ status: "ok", checks: {} }, { headers: { "cache-control": "no-store" } });

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: live });
