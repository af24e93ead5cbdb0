import { readdirSync } from "node:fs";
import path from "node:path";
import type { Role } from "@/lib/domain/actor";

// What the matrix knows of the pages and handlers under app/, but for the REST API. They come from the files that there are; whom one admits is said by
// its folder, or by a line here. A new one with an id in its address needs a line in NAMED.

export type Admitted = "public" | "signed_in" | readonly Role[];
/** What an address names, as far as the browser's tests can find one of the demo's. */
export type Named =
  | "link"
  | "visit"
  | "patient"
  | "record"
  | "attachment"
  | "doctor"
  | "location"
  | "room"
  | "service"
  | "recall"
  | "user"
  | "text"
  | "wish";
export type PageDoor = { file: string; address: string; admitted: Admitted; isHandler: boolean };

const STAFF = ["doctor", "receptionist", "admin"] as const;

/** The longest folder that fits decides. */
const FOLDERS: Record<string, Admitted> = {
  "app/(public)": "public",
  "app/(public)/find/check": ["patient"],
  "app/(account)": "signed_in",
  "app/(patient)": ["patient"],
  "app/(doctor)": ["doctor"],
  "app/(clinic)": STAFF,
  "app/(clinic)/(desk)": ["receptionist", "admin"],
  "app/(clinic)/admin": ["admin"],
  "app/(clinic)/patients/[id]/records": ["doctor"],
  "app/attachments": ["patient", "doctor"],
  "app/dev": "public",
  "app/api": "public",
  "app/favicon.ico": "public",
  // Any account's that sees the visit.
  "app/(patient)/visits/[id]/calendar.ics": "signed_in",
};

/** By the folder before a parameter: what `[id]` there is. */
const NAMED: Record<string, Named> = {
  // A link's token, which nobody can guess.
  "/a": "link",
  "/visits": "visit",
  "/calendar/visits": "visit",
  "/appointments": "visit",
  "/records": "record",
  "/attachments": "attachment",
  "/patients": "patient",
  "/patients/[id]/records": "record",
  "/admin/doctors": "doctor",
  "/admin/locations": "location",
  "/admin/locations/[id]/rooms": "room",
  "/admin/recalls": "recall",
  "/admin/services": "service",
  "/waitlist": "wish",
  "/admin/texts": "text",
  "/admin/users": "user",
  "/admin/privacy": "patient",
};

/** Without these answers they lead back before they ask who it is. */
const QUERIES: Record<string, (idOf: (named: Named) => string) => string> = {
  "/find/check": (idOf) =>
    `?kind=all&service=${idOf("service")}&slot=2031-01-06T09:00:00.000Z~${idOf("doctor")}~${idOf("location")}`,
};

/** Pages that show another person's by `?for=`. */
export const FOR_ANOTHER = [
  "/records",
  "/records/looked",
  "/records/doctors",
  "/profile",
  "/visits",
  "/family",
  "/find",
];

export function pageDoors(): PageDoor[] {
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((file) => path.join("app", file))
    .filter((file) => /\/(page\.tsx|route\.ts)$/.test(file) && !file.startsWith("app/api/v1/"))
    .map((file) => {
      const folder = path.dirname(file);
      const known = Object.keys(FOLDERS).filter((one) => folder === one || folder.startsWith(`${one}/`));
      const decides = known.sort((a, b) => b.length - a.length)[0];
      if (folder !== "app" && !decides)
        throw new Error(`${file} is a new door: say whom it admits in FOLDERS of tests/support/page-doors.ts`);
      const address = `/${folder
        .split("/")
        .slice(1)
        .filter((part) => !part.startsWith("("))
        .join("/")}`;
      return { file, address, admitted: FOLDERS[decides ?? ""] ?? "public", isHandler: file.endsWith("route.ts") };
    });
}

/** The address with an id of each thing that it names in place of its parameters; catch-alls become a word. */
export function addressOf({ file, address }: PageDoor, idOf: (named: Named) => string): string {
  let before = "";
  const parts = address
    .split("/")
    .slice(1)
    .map((part) => {
      const at = before;
      before += `/${part}`;
      if (!part.startsWith("[")) return part;
      if (part.includes("...")) return "no-such-thing";
      const named = NAMED[at];
      if (named) return idOf(named);
      throw new Error(`${file} is a new door: say what ${part} names in NAMED of tests/support/page-doors.ts`);
    });
  return `/${parts.join("/")}${QUERIES[address]?.(idOf) ?? ""}`;
}
