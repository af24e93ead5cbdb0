import Link from "next/link";
import { useTranslations } from "next-intl";

export type UnsignedNote = { href: string; patient: string; kind: string };
/** The rail says that there are more. */
const SHOWN = 5;

/** What needs the doctor besides the visits: drafts that are not signed. */
export function UnsignedNotes({ notes, areNamesHidden }: { notes: UnsignedNote[]; areNamesHidden: boolean }) {
  const t = useTranslations("calendar");
  if (notes.length === 0) return null;
  return (
    <section>
      <h2 className="border-b pb-1 text-base">{t("rail.unsigned", { count: notes.length })}</h2>
      <ul className="-mx-2 mt-1">
        {notes.slice(0, SHOWN).map(({ href, patient, kind }) => (
          <li key={href}>
            <Link
              href={href}
              className="flex min-h-8 items-center gap-2 rounded-md px-2 text-sm hover:bg-sunken pointer-coarse:min-h-11"
            >
              <span className="min-w-0 flex-1 truncate">{areNamesHidden ? t("hidden") : patient}</span>
              <span className="text-muted-foreground">{kind}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
