"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { Theme } from "./types";

const icons = { system: Monitor, light: Sun, dark: Moon } as const;
const themes = ["system", "light", "dark"] as const;
const yearSeconds = 31_536_000;

function apply(theme: Theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not everywhere; the server reads this to paint the right theme at once.
  document.cookie = `theme=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`;
}

/** System, light or dark; kept in a cookie that the server reads, so nothing flashes. */
export function ThemeSwitch({ theme: initial }: { theme: Theme }) {
  const t = useTranslations("shell.theme");
  const [theme, setTheme] = useState(initial);
  const name = useId();
  return (
    <fieldset className="inline-flex rounded-lg border bg-surface p-0.5 noscript:hidden print:hidden">
      <legend className="sr-only">{t("legend")}</legend>
      {themes.map((option) => {
        const Icon = icons[option];
        return (
          <label
            key={option}
            className="relative inline-flex min-h-9 cursor-pointer items-center gap-1.5 rounded-md px-2.5 text-sm has-checked:bg-accent has-checked:font-semibold has-checked:text-accent-foreground has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring pointer-coarse:min-h-11"
          >
            <input
              type="radio"
              name={name}
              value={option}
              checked={theme === option}
              onChange={() => {
                setTheme(option);
                apply(option);
              }}
              className="absolute inset-0 cursor-pointer appearance-none opacity-0"
            />
            <Icon aria-hidden className="size-4" />
            {t(option)}
          </label>
        );
      })}
    </fieldset>
  );
}
