const KEY = "visit-reason";

/** What was typed stays in this tab until the visit is booked: over Change, signing in again, a lost time. */
export function keptReason(): string {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function keepReason(text: string): void {
  try {
    if (text) sessionStorage.setItem(KEY, text);
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser without storage keeps it on the page.
  }
}
