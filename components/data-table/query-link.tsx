"use client";

import type { ComponentProps, MouseEvent } from "react";
import type { TableChange, TableState } from "./use-table-query";

/** Not one that asks for a new tab or window, which is the browser's to answer. */
export const isPlainPress = (event: MouseEvent) =>
  !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && event.button === 0;

/** A real link to the changed query; a plain press changes it in place, so that the table can say that it is busy. */
export function QueryLink({
  table,
  change,
  ...props
}: Omit<ComponentProps<"a">, "href" | "onClick"> & { table: TableState; change: TableChange }) {
  return (
    <a
      {...props}
      href={table.hrefOf(change)}
      onClick={(event) => {
        if (!isPlainPress(event)) return;
        event.preventDefault();
        void table.go(change);
      }}
    />
  );
}
