import type { TextFault, Words } from "./check-text";
import type { Placeholder, TextName } from "./text-kinds";

/** `unused`: the clinic's words break a rule by now, so the product's own are sent. */
export type TextState = "built_in" | "edited" | "unused";

export type MessageTextView = TextName & {
  state: TextState;
  words: Words;
  builtIn: Words;
  /** null while there are no words of the clinic's. */
  version: number | null;
  updatedAt: string | null;
  faults: TextFault[];
  offers: { subject: readonly Placeholder[]; body: readonly Placeholder[] };
  needs: readonly Placeholder[];
};

/** A message as a reader would get it, with made-up values. */
export type TextPreview = { faults: TextFault[] } & (
  | { channel: "email"; subject: string; html: string; text: string }
  | { channel: "sms"; text: string; parts: number; characters: number; isGsm: boolean }
);
