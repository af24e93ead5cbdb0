/** Browsers ask for it by themselves where a page, such as a refusal, names no icon. */
export const GET = () => new Response(null, { status: 308, headers: { location: "/icon.svg" } });
