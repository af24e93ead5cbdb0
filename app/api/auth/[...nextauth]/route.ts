import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { nextAuthOptions } from "@/lib/accounts/next-auth-options";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { log } from "@/lib/platform/logger";
import { problemResponse } from "@/lib/platform/problem";
import { pageContext } from "@/lib/platform/request";

type Segments = { params: Promise<{ nextauth: string[] }> };

async function handler(request: NextRequest, segments: Segments): Promise<Response> {
  try {
    const ctx = await pageContext();
    return await NextAuth(request, segments, await nextAuthOptions(ctx));
  } catch (error) {
    const fault = databaseRefusal(error) ?? ({ code: "internal_error" } as const);
    log.error("authentication failed", error, { code: fault.code });
    return problemResponse(fault);
  }
}

export { handler as GET, handler as POST };
