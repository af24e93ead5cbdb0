import { expect, it } from "vitest";
import { readAnswer } from "./read-answer";

it.each([
  ...["YES", "yes", " Yes! ", "y", "Y.", "C", "c", "1", "OK", "Confirm"].map((text) => [text, "confirm"]),
  ...["NO", "no", "N", "2", "cancel", "CANCEL."].map((text) => [text, "cancel"]),
  ...["3", "move"].map((text) => [text, "move"]),
  ...["STOP", "stop", "Stop.", "STOP ALL", "stopall", "Unsubscribe", "QUIT", "ＳＴＯＰ"].map((text) => [text, "stop"]),
  ...["START", "start", "unstop"].map((text) => [text, "start"]),
  ...["HELP", "help?", "info"].map((text) => [text, "help"]),
  ...["", "   ", "!!!", "yes but I may be late", "no idea", "Please stop by", "12", "👍"].map((text) => [text, "text"]),
])("takes %j for %s", (text, meaning) => {
  expect(readAnswer(text as string)).toBe(meaning);
});
