"use client";

import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { tabClass } from "./tab-class";

export type Tab = { id: string; label: ReactNode; content: ReactNode };

const step = (key: string, rtl: boolean) => {
  if (key === "ArrowRight") return rtl ? -1 : 1;
  if (key === "ArrowLeft") return rtl ? 1 : -1;
  return 0;
};

/** A few views of one thing (ARIA tabs pattern, arrows move and open). Views with an address of their own are links instead: see TabLinks. */
export function Tabs({
  label,
  tabs,
  defaultTab,
  className,
}: {
  label: string;
  tabs: Tab[];
  defaultTab?: string;
  className?: string;
}) {
  const [open, setOpen] = useState(defaultTab ?? tabs[0]?.id);
  const base = useId();

  function move(event: KeyboardEvent<HTMLDivElement>) {
    const at = tabs.findIndex((tab) => tab.id === open);
    const rtl = getComputedStyle(event.currentTarget).direction === "rtl";
    const ends: Record<string, number> = { Home: 0, End: tabs.length - 1 };
    const to = ends[event.key] ?? (at + step(event.key, rtl) + tabs.length) % tabs.length;
    const target = tabs[to];
    if (!target || to === at) return;
    event.preventDefault();
    setOpen(target.id);
    document.getElementById(`${base}-${target.id}`)?.focus();
  }

  return (
    <div data-slot="tabs" className={className}>
      <div role="tablist" aria-label={label} onKeyDown={move} className="flex gap-1 overflow-x-auto border-b p-1 pb-0">
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}`}
            aria-selected={tab.id === open}
            aria-controls={`${base}-${tab.id}-panel`}
            tabIndex={tab.id === open ? 0 : -1}
            onClick={() => setOpen(tab.id)}
            className={tabClass(tab.id === open)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          role="tabpanel"
          id={`${base}-${tab.id}-panel`}
          aria-labelledby={`${base}-${tab.id}`}
          hidden={tab.id !== open}
          className="pt-5"
        >
          {tab.content}
        </div>
      ))}
    </div>
  );
}
