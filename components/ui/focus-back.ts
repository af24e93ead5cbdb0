"use client";

import { useRef } from "react";

/** For a panel over the page: hands the focus back to what had it before. The library does so only for a trigger of its own. */
export function useFocusBack() {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current ??= document.activeElement;
    },
    onCloseAutoFocus: (event: Event) => {
      const opener = before.current;
      before.current = null;
      if (!(opener instanceof HTMLElement) || opener === document.body) return;
      event.preventDefault();
      opener.focus();
    },
  };
}
