import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Actor, Role, UserActor } from "@/lib/domain/actor";
import { type Action, PERMISSIONS } from "./permission-table";
import { admits, may, mayAtAll, mayKeepAccount } from "./permissions";

const user = (role: Role, more: Partial<UserActor> = {}): UserActor => ({
  ...{ kind: "user", userId: "u", role, sessionId: "s", patientId: null, doctorId: null, ...more },
});
const anonymous: Actor = { kind: "anonymous" };
const system: Actor = { kind: "system", job: "test" };
const patient = user("patient", { patientId: "p" });
const doctor = user("doctor", { doctorId: "d" });
const ACTIONS = Object.keys(PERMISSIONS) as Action[];

const sources = ["lib", "app", "workers"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$/.test(file))
    .map((file) => ({ file: path.join(folder, file), text: readFileSync(path.join(folder, file), "utf8") })),
);

describe("the table", () => {
  it("lets nobody who is not signed in do anything", () => {
    expect(ACTIONS.filter((action) => mayAtAll(anonymous, action))).toEqual([]);
  });

  it("needs a relation of everybody but staff and our own jobs", () => {
    const unbound = ACTIONS.filter((action) => may(patient, action));
    expect(unbound).toEqual(["visit.reason"]);
  });

  it.each<[Actor, Action, Parameters<typeof may>[2], boolean]>([
    [patient, "visit.read", { patientId: "p" }, true],
    [patient, "visit.read", { patientId: "q" }, false],
    [patient, "visit.read", { patientId: null }, false],
    [user("patient"), "visit.read", { patientId: null }, false],
    [patient, "visit.read", { patientId: "q", capabilities: ["view"] }, true],
    [patient, "visit.cancel", { patientId: "q", capabilities: ["view", "book"] }, false],
    [doctor, "visit.follow", { doctorId: "d" }, true],
    [doctor, "visit.follow", { doctorId: "e" }, false],
    [user("doctor"), "visit.follow", { doctorId: null }, false],
    [doctor, "record.write", { access: "treating" }, true],
    [doctor, "record.write", { access: "self" }, false],
    [doctor, "record.write", { access: null }, false],
    [patient, "record.read", { access: "proxy" }, true],
    [user("receptionist"), "record.read", { access: "treating" }, false],
    [user("admin"), "record.read", { access: "grant" }, false],
    [user("admin"), "account.first_admin", {}, false],
    [system, "account.first_admin", {}, true],
    [system, "account.keep", { userId: "u" }, false],
  ])("decides by the relation: %o %s %o %s", (actor, action, about, expected) => {
    expect(may(actor, action, about)).toBe(expected);
  });

  it("knows whose account is whose", () => {
    expect([patient, doctor, system, anonymous].map(mayKeepAccount)).toEqual([true, true, false, false]);
    expect(may(patient, "account.keep", { userId: "another" })).toBe(false);
  });

  it("guards the doors", () => {
    expect((["public", "signed_in", "staff", "clinic", "admin"] as const).map((door) => admits(door, doctor))).toEqual([
      ...[true, true, true, false, false],
    ]);
    expect(admits("signed_in", anonymous)).toBe(false);
    expect(admits("public", anonymous)).toBe(true);
  });
});

/** What a role is asked for besides permission: whom a patient books for. */
const NO_PERMISSION = ["acting", "hold-slot"].map((name) => `lib/appointments/${name}.ts`);

describe("the code", () => {
  it.each(ACTIONS)("asks for %s", (action) => {
    const asking = sources.filter(({ file, text }) => !file.includes("permission") && text.includes(`"${action}"`));
    const isAsked =
      asking.length > 0 || (action === "account.keep" && sources.some(({ text }) => text.includes("mayKeepAccount(")));
    expect(isAsked, "a rule that nobody asks for decides nothing: take it out of the table").toBe(true);
  });

  it("compares no roles in lib/ beside the table: ask `may` there", () => {
    const comparing = sources.filter(
      ({ file, text }) =>
        file.startsWith("lib/") && !file.includes("permission") && /(actor|asker)\.role\s*[!=]==/.test(text),
    );
    expect(comparing.map(({ file }) => file).sort()).toEqual(NO_PERMISSION);
  });
});
