/** `draft:<user>:<path>`: what was typed on a page when its session ended, kept in this tab until its owner is back. */
const PREFIX = "draft:";
const MAX_AGE_MS = 12 * 3_600_000;
const SECRET = /password|otp|token|secret/i;

type Draft = { at: number; values: [form: number, name: string, nth: number, value: string | boolean][] };
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const here = () => window.location.pathname + window.location.search;
const keyOf = (userId: string) => `${PREFIX}${userId}:${here()}`;

/** A browser without storage keeps what was typed on the page only. */
function storage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function* controls(): Generator<[key: string, control: Control, place: [number, string, number]]> {
  for (const [index, form] of [...document.forms].entries()) {
    // A form that saves by itself keeps what it has not saved yet, too.
    if (form.dataset.drafts === "own") continue;
    const seen = new Map<string, number>();
    for (const control of form.elements) {
      const isControl =
        control instanceof HTMLInputElement ||
        control instanceof HTMLTextAreaElement ||
        control instanceof HTMLSelectElement;
      if (!isControl || !control.name || SECRET.test(control.name)) continue;
      if (["hidden", "file", "password", "submit"].includes(control.type)) continue;
      const nth = seen.get(control.name) ?? 0;
      seen.set(control.name, nth + 1);
      yield [`${index} ${control.name} ${nth}`, control, [index, control.name, nth]];
    }
  }
}

const isBox = (control: Control): control is HTMLInputElement =>
  control.type === "checkbox" || control.type === "radio";

function isChanged(control: Control): boolean {
  if (control instanceof HTMLSelectElement)
    return [...control.options].some((option) => option.selected !== option.defaultSelected);
  if (isBox(control)) return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
}

/** Keeps what has been typed on this page and not sent, and all of a form that was `refused`; passwords and codes are left out. */
export function keepDraft(userId: string, refused: HTMLFormElement | null = null): void {
  const values: Draft["values"] = [];
  // A form that came back has its values as the ones it began with.
  for (const [, control, place] of controls())
    if (isChanged(control) || (refused && control.form === refused))
      values.push([...place, isBox(control) ? control.checked : control.value]);
  if (values.length === 0) return;
  try {
    storage()?.setItem(keyOf(userId), JSON.stringify({ at: Date.now(), values } satisfies Draft));
  } catch {
    // Storage is full: the page itself still shows it.
  }
}

/** Sets a value as typing would, so that components that keep it themselves hear of it. */
function type(control: Control, value: string | boolean): void {
  const isText = typeof value === "string";
  const property = isText ? "value" : "checked";
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), property)?.set?.call(control, value);
  control.dispatchEvent(new Event(isText ? "input" : "click", { bubbles: true }));
  if (isText) control.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Puts back what its owner had typed on this page, once; true where there was something. */
export function restoreDraft(userId: string): boolean {
  const text = storage()?.getItem(keyOf(userId));
  if (!text) return false;
  storage()?.removeItem(keyOf(userId));
  const draft = JSON.parse(text) as Draft;
  if (Date.now() - draft.at > MAX_AGE_MS) return false;
  const byKey = new Map([...controls()].map(([key, control]) => [key, control]));
  for (const [form, name, nth, value] of draft.values) {
    const control = byKey.get(`${form} ${name} ${nth}`);
    if (control) type(control, value);
  }
  return true;
}

/** Forgets all drafts, or all but one account's. */
export function forgetDrafts(exceptUserId?: string): void {
  const kept = storage();
  if (!kept) return;
  for (const key of Object.keys(kept))
    if (key.startsWith(PREFIX) && !(exceptUserId && key.startsWith(`${PREFIX}${exceptUserId}:`))) kept.removeItem(key);
}
