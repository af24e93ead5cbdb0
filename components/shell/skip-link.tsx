import { useTranslations } from "next-intl";

export const mainId = "main";

export function SkipLink() {
  const t = useTranslations("shell");
  return (
    <a
      href={`#${mainId}`}
      className="sr-only z-70 rounded-md bg-foreground px-4 py-3 font-semibold text-background focus:not-sr-only focus:fixed focus:start-3 focus:top-3"
    >
      {t("skip")}
    </a>
  );
}
