import { expect, it } from "vitest";
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

it("asks for 15 characters, or 8 beside a second factor, and takes 128", () => {
  expect(judgePassword({ password: "blue-kettle-14" })).toBe("password_too_short");
  expect(judgePassword({ password: "kettle-7", hasSecondFactor: true })).toBeNull();
  expect(judgePassword({ password: "kettl-7", hasSecondFactor: true })).toBe("password_too_short");
  expect(judgePassword({ password: `${"blue kettle on the stove ".repeat(6).slice(0, 128)}x9` })).toBeNull();
  expect(judgePassword({ password: "blue kettle ".repeat(30) })).toBe("password_too_long");
});
