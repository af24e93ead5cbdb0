import { cn } from "../ui/cn";

/** The mark: two slots that pass each other, the free one still open. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn("size-8 shrink-0", className)}>
      <rect width="32" height="32" rx="9" className="fill-primary" />
      <rect x="7" y="8" width="15" height="6.5" rx="3.25" className="fill-primary-foreground" />
      <rect
        x="10.9"
        y="18.4"
        width="13.2"
        height="4.7"
        rx="2.35"
        fill="none"
        strokeWidth="1.8"
        className="stroke-primary-foreground"
      />
    </svg>
  );
}

/** The clinic's name beside the mark. */
export function Brand({ name, className }: { name: string; className?: string }) {
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-2.5", className)}>
      <Mark />
      <span className="line-clamp-2 text-base leading-tight font-bold tracking-tight">{name}</span>
    </span>
  );
}
