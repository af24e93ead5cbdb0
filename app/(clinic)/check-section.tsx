import type { ReactNode } from "react";

/** What is about to be done with a chosen time, to be looked at once more before it is. */
export function CheckSection({ title, level = 2, children }: { title: string; level?: 2 | 3; children: ReactNode }) {
  return (
    <section
      id="check"
      aria-labelledby="check-title"
      className="grid scroll-mt-20 gap-4 rounded-xl border border-accent-line bg-surface p-4 sm:p-5"
    >
      {level === 2 ? (
        <h2 id="check-title" className="text-lg">
          {title}
        </h2>
      ) : (
        <h3 id="check-title" className="text-base">
          {title}
        </h3>
      )}
      {children}
    </section>
  );
}
