/** Runs once before the first request: a wrong environment ends the process at once, naming every variable that is wrong. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || process.env.NEXT_PHASE === "phase-production-build") return;
  const { env } = await import("@/lib/platform/env");
  try {
    const { APP_URL } = env();
    // next-auth reads its own address here; without ours it takes the request's host.
    if (APP_URL) process.env.NEXTAUTH_URL = APP_URL;
    else process.env.AUTH_TRUST_HOST = "true";
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
