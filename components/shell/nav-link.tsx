"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** A link that knows when it leads to the page one is on; style it with `aria-[current=page]:`. A dozen of them stand on each page: none is fetched ahead. */
export function NavLink({
  href,
  exact = false,
  className,
  children,
  title,
}: {
  href: string;
  exact?: boolean;
  className?: string;
  children: ReactNode;
  title?: string;
}) {
  const path = usePathname();
  const target = href.split("?")[0] ?? href;
  const current = path === target || (!exact && path.startsWith(`${target}/`));
  return (
    <Link href={href} prefetch={false} title={title} aria-current={current ? "page" : undefined} className={className}>
      {children}
    </Link>
  );
}
