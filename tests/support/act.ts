import { AsyncLocalStorage } from "node:async_hooks";
import { createTranslator } from "next-intl";
import { messagesOf } from "@/lib/platform/messages";

// Server actions in this process, as Next would call them: for `vi.mock("next/headers", async () => (await import("@/tests/support/act")).nextHeaders)`.

type Request = { cookies: Map<string, string>; headers: Headers };
const requests = new AsyncLocalStorage<Request>();

function current(): Request {
  const request = requests.getStore();
  if (!request) throw new Error("no request");
  return request;
}

export const nextHeaders = {
  headers: async () => current().headers,
  cookies: async () => {
    const { cookies } = current();
    return {
      get: (name: string) => (cookies.has(name) ? { name, value: cookies.get(name) } : undefined),
      set: (name: string, value: string) => void cookies.set(name, value),
      delete: (name: string) => void cookies.delete(name),
    };
  },
};
export const nextCache = { refresh: () => undefined, revalidatePath: () => undefined };
export const nextIntlServer = {
  getLocale: async () => "en",
  getTranslations: async (namespace?: string) =>
    createTranslator({
      locale: "en",
      messages: messagesOf("en"),
      ...(namespace ? { namespace: namespace as never } : {}),
    }),
};

/** What an action did: what it answered, or where it led. */
export type Outcome = { answer?: unknown; leadsTo?: string; status?: number };

/** Runs an action as the browser that holds `cookie`. What it throws that is no signal of Next's is thrown on. */
export async function act(
  cookie: { name: string; value: string } | null,
  work: () => Promise<unknown>,
): Promise<Outcome> {
  const cookies = new Map(cookie ? [[cookie.name, cookie.value]] : []);
  const headers = new Headers({ host: "localhost:3000", origin: "http://localhost:3000", "next-action": "x" });
  return requests.run({ cookies, headers }, async () => {
    try {
      return { answer: await work() };
    } catch (error) {
      const [signal, ...rest] = String((error as { digest?: string }).digest ?? "").split(";");
      if (signal === "NEXT_REDIRECT") return { leadsTo: rest[1] as string };
      if (signal === "NEXT_HTTP_ERROR_FALLBACK") return { status: Number(rest[0]) };
      throw error;
    }
  });
}

/** A form as a browser sends it: text throughout. */
export function formOf(values: Record<string, unknown>): FormData {
  const form = new FormData();
  for (const [name, one] of Object.entries(values)) form.append(name, String(one));
  return form;
}
