import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

const looks = {
  info: { icon: Info, className: "border-accent-line bg-accent text-accent-foreground" },
  success: { icon: CircleCheck, className: "border-success-line bg-success-soft text-success-ink" },
  warning: { icon: TriangleAlert, className: "border-warning-line bg-warning-soft text-warning-ink" },
  danger: { icon: CircleAlert, className: "border-status-no-show-line bg-destructive-soft text-destructive-ink" },
} as const;

/** A notice within the page. Pass `role="status"` or `role="alert"` where it appears after the page has loaded. */
export function Alert({
  variant = "info",
  title,
  action,
  className,
  children,
  ...props
}: Omit<ComponentProps<"div">, "title"> & { variant?: keyof typeof looks; title?: ReactNode; action?: ReactNode }) {
  const { icon: Icon, className: look } = looks[variant];
  return (
    <div
      data-slot="alert"
      className={cn("flex flex-wrap items-start gap-x-4 gap-y-3 rounded-lg border p-4", look, className)}
      {...props}
    >
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 flex-1 basis-48">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children ? <div className="[&_a]:underline [&_a]:underline-offset-3">{children}</div> : null}
      </div>
      {action ? <div className="flex gap-2 max-sm:w-full">{action}</div> : null}
    </div>
  );
}
