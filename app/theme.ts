import { cookies } from "next/headers";
import type { Theme } from "@/components/shell/types";

/** The chosen theme from its cookie. */
export async function readTheme(): Promise<Theme> {
  const value = (await cookies()).get("theme")?.value;
  return value === "light" || value === "dark" ? value : "system";
}
