import Link from "next/link";
import { tabClass } from "./tab-class";

/** Views that each have an address: day, week, agenda. */
export function TabLinks({
  label,
  links,
}: {
  label: string;
  links: { href: string; label: React.ReactNode; current: boolean }[];
}) {
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto border-b p-1 pb-0">
      {links.map((link) => (
        <Link
          key={link.href}
          href={link.href}
          aria-current={link.current ? "page" : undefined}
          className={tabClass(link.current)}
        >
          {link.label}
        </Link>
      ))}
    </nav>
  );
}
