import "server-only";
import { headers } from "next/headers";

/**
 * Forms posted before JavaScript has loaded whose action said no. The action and the page that answers it share nothing but their
 * request, so that is what is remembered, by the one object that Next.js makes of its headers.
 */
const refused = new WeakSet<object>();

/** Called by a form's action that refuses. With JavaScript the browser marks the title itself (components/ui/error-summary.tsx). */
export async function noteRefusedPost(): Promise<void> {
  const asked = await headers();
  if (!asked.has("next-action")) refused.add(asked);
}

/** Whether this page is the answer to such a form; its title then begins with "Error: ". */
export const isRefusedPost = async (): Promise<boolean> => refused.has(await headers());
