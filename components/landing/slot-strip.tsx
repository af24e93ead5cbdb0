import { cn } from "../ui/cn";

// Three days of a diary: how tall each slot is and whether it is taken; the one open slot stands out.
const days: string[][] = [
  ["taken 2", "free 1", "taken 1", "taken 3", "free 1", "taken 2"],
  ["free 1", "taken 3", "yours 2", "taken 1", "free 1", "taken 2"],
  ["taken 1", "taken 2", "free 1", "free 1", "taken 2", "taken 3"],
];

const heights: Record<string, string> = { 1: "grow-1", 2: "grow-2", 3: "grow-3" };
const looks: Record<string, string> = {
  taken: "rounded-2xl bg-accent-line/45",
  free: "rounded-full border-2 border-accent-line bg-surface",
  yours: "bg-primary shadow-overlay",
};

/** A picture only: days with slots that pass each other as in the mark. */
export function SlotStrip({ className }: { className?: string }) {
  return (
    <div
      aria-hidden
      className={cn("grid grid-cols-3 gap-3 rounded-[2rem] bg-accent p-5 sm:gap-4 sm:p-7 print:hidden", className)}
    >
      {days.map((slots, day) => (
        <div
          key={slots.join()}
          className={cn("flex flex-col gap-2.5 sm:gap-3", day === 1 ? "pt-6" : "pb-6", day === 2 && "pt-2")}
        >
          {slots.map((slot, at) => {
            const [kind = "", span = ""] = slot.split(" ");
            return (
              <div
                key={`${slot}-${slots.indexOf(slot, at)}`}
                className={cn(
                  "min-h-4 basis-0",
                  heights[span],
                  looks[kind],
                  kind === "yours" && "grid place-items-center rounded-2xl",
                )}
              >
                {kind === "yours" ? (
                  <svg
                    aria-hidden="true"
                    viewBox="0 0 24 24"
                    className="size-7 text-primary-foreground sm:size-9"
                    fill="none"
                    stroke="currentColor"
                    strokeWidth="2.6"
                    strokeLinecap="round"
                    strokeLinejoin="round"
                  >
                    <path d="m5 12.5 4.5 4.5L19 7.5" />
                  </svg>
                ) : null}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
