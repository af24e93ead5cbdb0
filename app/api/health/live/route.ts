export const GET = () => Response.json({ status: "ok", checks: {} }, { headers: { "cache-control": "no-store" } });
