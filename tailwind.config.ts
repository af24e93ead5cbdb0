import type { Config } from "tailwindcss";

const statuses = ["booked", "arrived", "checked-in", "in-progress", "fulfilled", "no-show", "cancelled", "held"];

/** `bg-status-booked`, `text-status-booked-ink`, `border-status-booked-line` and so on, from the tokens in globals.css. */
const statusColours = Object.fromEntries(
  statuses.map((status) => [
    status,
    { DEFAULT: `var(--status-${status})`, ink: `var(--status-${status}-ink)`, line: `var(--status-${status}-line)` },
  ]),
);

const config: Config = {
  content: ["./app/**/*.tsx", "./components/**/*.tsx"],
  theme: {
    // Five sizes, no more; a sixth does not exist, so it cannot be used.
    fontSize: {
      sm: ["0.875rem", { lineHeight: "1.25rem" }],
      base: ["1rem", { lineHeight: "1.5rem" }],
      lg: ["1.125rem", { lineHeight: "1.75rem" }],
      xl: ["1.5rem", { lineHeight: "1.875rem", letterSpacing: "-0.012em" }],
      "2xl": ["clamp(1.875rem, 1.45rem + 1.75vw, 2.75rem)", { lineHeight: "1.15", letterSpacing: "-0.022em" }],
    },
    extend: {
      colors: {
        background: "var(--background)",
        surface: "var(--surface)",
        sunken: "var(--sunken)",
        foreground: "var(--foreground)",
        card: { DEFAULT: "var(--surface)", foreground: "var(--foreground)" },
        popover: { DEFAULT: "var(--popover)", foreground: "var(--foreground)" },
        primary: { DEFAULT: "var(--primary)", hover: "var(--primary-hover)", foreground: "var(--primary-foreground)" },
        secondary: { DEFAULT: "var(--sunken)", foreground: "var(--foreground)" },
        muted: { DEFAULT: "var(--sunken)", foreground: "var(--muted-foreground)" },
        accent: { DEFAULT: "var(--accent)", foreground: "var(--accent-foreground)", line: "var(--accent-line)" },
        destructive: {
          DEFAULT: "var(--destructive)",
          hover: "var(--destructive-hover)",
          foreground: "var(--destructive-foreground)",
          soft: "var(--destructive-soft)",
          ink: "var(--destructive-ink)",
        },
        warning: { soft: "var(--warning-soft)", ink: "var(--warning-ink)", line: "var(--warning-line)" },
        success: { soft: "var(--success-soft)", ink: "var(--success-ink)", line: "var(--success-line)" },
        border: "var(--border)",
        input: "var(--input)",
        ring: "var(--ring)",
        chart: {
          1: "var(--chart-1)",
          2: "var(--chart-2)",
          3: "var(--chart-3)",
          4: "var(--chart-4)",
          5: "var(--chart-5)",
        },
        status: statusColours,
      },
      fontFamily: {
        sans: [
          "var(--font-latin)",
          "var(--font-latin-ext)",
          "Noto Sans Arabic",
          "Noto Sans Hebrew",
          "system-ui",
          "sans-serif",
        ],
        mono: ["ui-monospace", "SFMono-Regular", "Menlo", "monospace"],
      },
      borderRadius: { sm: "0.25rem", md: "0.5rem", lg: "0.75rem", xl: "1.125rem" },
      boxShadow: { raised: "var(--shadow-raised)", overlay: "var(--shadow-overlay)" },
      transitionDuration: { DEFAULT: "120ms" },
      animation: {
        appear: "appear 120ms ease-out",
        "slide-in": "slide-in 140ms ease-out",
        pulse: "breathe 1.8s ease-in-out infinite",
      },
      maxWidth: { column: "41rem", page: "68rem" },
    },
  },
};

export default config;
