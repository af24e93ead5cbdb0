"use client";

import "./globals.css";
import messages from "@/messages/en/shell.json";

/** The last resort: the root layout itself failed, so there is no provider, and this page stands alone. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  const words = messages.error;
  return (
    <html lang="en">
      <body>
        <title>{words.title}</title>
        <main className="mx-auto grid min-h-dvh max-w-column content-center justify-items-start gap-4 px-4 text-lg">
          <h1 className="text-2xl">{words.title}</h1>
          <p>{words.body}</p>
          <button
            type="button"
            onClick={retry}
            className="min-h-11 rounded-md bg-primary px-4 font-semibold text-primary-foreground hover:bg-primary-hover"
          >
            {words.retry}
          </button>
        </main>
      </body>
    </html>
  );
}
