/** What is typed into the form of a record. */
export type DraftValues = {
  title: string;
  body: string;
  system: string;
  code: string;
  display: string;
  isWarning: boolean;
};
/** A wording and the version of the record that it is, or was written over. */
export type Wording = { values: DraftValues; version: number; at: string };

/** `draft:<user>:record:<id>`: forgotten with all of an account's drafts when it signs out, as `_session/drafts` does. */
const keyOf = (userId: string, id: string) => `draft:${userId}:record:${id}`;

/** A browser without storage keeps it on the page only. */
function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/** Keeps in this tab what the server does not have yet. */
export function keepWording(userId: string, id: string, wording: Wording): void {
  try {
    storage()?.setItem(keyOf(userId, id), JSON.stringify(wording));
  } catch {
    // Storage is full: the page itself still shows it.
  }
}

export function keptWording(userId: string, id: string): Wording | null {
  const text = storage()?.getItem(keyOf(userId, id));
  return text ? (JSON.parse(text) as Wording) : null;
}

export const forgetWording = (userId: string, id: string) => storage()?.removeItem(keyOf(userId, id));

export const sameValues = (one: DraftValues, other: DraftValues) =>
  (Object.keys(one) as (keyof DraftValues)[]).every((key) => one[key] === other[key]);

/** What a form says now; `before` for what it does not ask. */
export function valuesOf(form: HTMLFormElement, before: DraftValues): DraftValues {
  const data = new FormData(form);
  const text = (name: keyof DraftValues) => {
    const value = data.get(name);
    return typeof value === "string" ? value.replaceAll("\r\n", "\n") : String(before[name]);
  };
  return {
    ...{ title: text("title"), body: text("body") },
    ...{ system: text("system"), code: text("code"), display: text("display") },
    isWarning: data.has("isWarning"),
  };
}

/** As the actions take it. A name is what makes a coding. */
export const contentOf = ({ title, body, system, code, display, isWarning }: DraftValues) => ({
  title,
  body,
  coding: display.trim() ? { system, code: code.trim() || null, display } : null,
  isWarning,
});

type Stored = {
  title: string;
  body: string;
  coding: { system: string; code?: string | null | undefined; display: string } | null;
  isWarning: boolean;
  version: number;
  updatedAt: string;
};

export const wordingOf = ({ title, body, coding, isWarning, version, updatedAt }: Stored): Wording => ({
  values: {
    ...{ title, body, isWarning },
    ...{ system: coding?.system ?? "text", code: coding?.code ?? "", display: coding?.display ?? "" },
  },
  version,
  at: updatedAt,
});
