/** What whoever has used up the tries is told, whatever it was that failed. */
export const SIGN_INS_FAILED = "Too many sign-ins have failed. Try again later.";
