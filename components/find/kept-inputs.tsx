"use client";

import { useSearchParams } from "next/navigation";

/** Hidden fields for what the address says by now, as days change without a new page; `except` is what the form asks itself. */
export function KeptInputs({ except }: { except: string[] }) {
  const search = useSearchParams();
  return [...search]
    .filter(([name]) => !except.includes(name))
    .map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
