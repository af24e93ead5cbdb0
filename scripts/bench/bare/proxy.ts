import { NextResponse } from "next/server";

/** Runs for no page. It is here because the builder looks for one in the folders above too, and would find the product's. */
export function proxy() {
  return NextResponse.next();
}

export const config = { matcher: ["/none"] };
