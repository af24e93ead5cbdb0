import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { listedPasswords } from "@/scripts/password-list";
import { filterOf, isListedPassword } from "./password-list";
import { judgePassword } from "./password-policy";

const about = ["maria.gonzalez@example.org", "Maria", "Gonzalez"];

it.each([
  "passwordpassword",
  "Password1234567890",
  "P@ssw0rdP@ssw0rd",
  "qwertyuiopasdfgh",
  "aaaaaaaaaaaaaaaa",
  "abcabcabcabcabcabc",
  "123456789012345678",
  "987654321098765432",
  "welcome-letmein-2024",
  "ABCDEFGHIJKLMNOPQ",
])("refuses %s as common", (password) => expect(judgePassword({ password, about })).toBe("password_too_common"));

it.each(["maria.gonzalez@example.org", "MariaGonzalez2026", "slotwellslotwell1", "gonzalezgonzalez"])(
  "refuses %s as guessed from who it is for",
  (password) => expect(judgePassword({ password, about })).toBe("password_about_you"),
);

it.each([
  "demo-clinic-2026!",
  "a cup of warm tea at noon",
  "my test password for booking",
  "Kq8#vZ2!mT5@xR9$",
  "пароль для всех врачей",
  `${"x7".repeat(4)}blue-kettle`,
  "🙂 fifteen or more",
])("lets %s pass", (password) => expect(judgePassword({ password, about })).toBeNull());

it.each(["bigdaddy", "sunshine1", "Liverpool!", "m1chelle", "trustno1trustno1", "JENNIFER99"])(
  "refuses %s beside a second factor, as it is among those that are tried first",
  (password) => expect(judgePassword({ password, hasSecondFactor: true })).toBe("password_too_common"),
);

it("holds the whole list, as the script makes it, and little else", () => {
  const words = listedPasswords();
  expect(readFileSync("lib/accounts/password-list.bin").equals(filterOf(words))).toBe(true);
  expect(words.every(isListedPassword)).toBe(true);
  const others = Array.from({ length: 20_000 }, (_, i) => `no such password ${i}`);
  expect(others.filter(isListedPassword).length).toBeLessThan(5);
});

it("judges the clinic's name as it does one's own", () => {
  const judged = judgePassword({ password: "northgatenorthgate", about: ["Northgate Clinic"] });
  expect(judged).toBe("password_about_you");
});

it("takes one password however it is composed, and a long one at no more cost than a short", () => {
  const composed = "caf\u00e9 au lait on a \u212Bngstr\u00f6m";
  expect(judgePassword({ password: composed.normalize("NFD") })).toBe(judgePassword({ password: composed }));
  const began = performance.now();
  for (let i = 0; i < 100; i += 1) judgePassword({ password: `${i} blue kettle `.repeat(80).slice(0, 1_000) });
  expect(performance.now() - began).toBeLessThan(500);
});

it("asks for 15 characters, or 8 beside a second factor, and takes 128", () => {
  expect(judgePassword({ password: "blue-kettle-14" })).toBe("password_too_short");
  expect(judgePassword({ password: "kettle-7", hasSecondFactor: true })).toBeNull();
  expect(judgePassword({ password: "kettl-7", hasSecondFactor: true })).toBe("password_too_short");
  expect(judgePassword({ password: `${"blue kettle on the stove ".repeat(6).slice(0, 128)}x9` })).toBeNull();
  expect(judgePassword({ password: "blue kettle ".repeat(30) })).toBe("password_too_long");
});
