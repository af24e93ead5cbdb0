import { env } from "@/lib/platform/env";

/** A wrong environment ends the process at once, naming every variable that is wrong. */
export function start(): void {
  if (process.env.NEXT_PHASE === "phase-production-build") return;
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
