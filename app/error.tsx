"use client";

import { ErrorMessage } from "@/components/shell/error-message";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="main" className="px-4 sm:px-6">
      <ErrorMessage error={error} retry={retry} />
    </main>
  );
}
