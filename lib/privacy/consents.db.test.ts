import { describe, expect, it } from "vitest";
import { withActor } from "@/db/client";
import { registerPatient } from "@/lib/accounts/register-patient";
import { testDb } from "@/tests/support/db";
import { valueFrom, ward } from "@/tests/support/records";
import { hasConsent } from "./has-consent";
import { listConsents } from "./list-consents";
import { setConsent } from "./set-consent";

const { db, owner } = await testDb();
process.env.DATABASE_URL ??= "postgres://unused";
process.env.AUTH_SECRET = "a secret of the tests, long enough";
const w = await ward(db, owner);
const patientId = w.ids.ana;
const holds = (id = patientId) => withActor(w.system, (tx) => hasConsent(tx, id, "recalls"));
const recalls = (given: boolean) => ({ patientId, kind: "recalls", given }) as const;

describe("consents", () => {
  it("hold from when they are given until they are taken back, and keep how it went", async () => {
    expect(await holds()).toBe(false);
    await valueFrom(setConsent(w.ana, recalls(true)));
    await valueFrom(setConsent(w.ana, recalls(true)));
    expect(await holds()).toBe(true);
    const { items } = await valueFrom(setConsent(w.reception, recalls(false)));
    expect(await holds()).toBe(false);
    const asked = items.find(({ kind }) => kind === "recalls");
    expect(asked).toMatchObject({ given: false, textVersion: 1 });
    expect(asked?.history.map(({ decision, place }) => [decision, place])).toEqual([
      ["withdrawn", "clinic"],
      ["given", "portal"],
    ]);
    expect(await valueFrom(listConsents(w.viewer, { patientId }))).toEqual({ items });
  });

  it("are the patient's, of who books for them, and the clinic's at their word", async () => {
    const answer = async (ctx: typeof w.ana) => {
      const set = await setConsent(ctx, recalls(true));
      return set.ok ? "given" : set.code;
    };
    // `viewer` may book, `reader` may not; a doctor has no say, and a stranger hears nothing.
    expect(await answer(w.viewer)).toBe("given");
    expect(await answer(w.reader)).toBe("forbidden");
    for (const ctx of [w.doctor, w.bo]) expect(await answer(ctx)).toBe("not_found");
    expect(await answer(w.anonymous)).toBe("forbidden");
    for (const ctx of [w.doctor, w.bo, w.anonymous])
      expect(await listConsents(ctx, { patientId })).toMatchObject({ code: "not_found" });
  });

  it("begin with the privacy notice at registration, which is information and cannot be taken back", async () => {
    const email = "new@patient.test";
    const person = { givenName: "New", familyName: "Patient", dateOfBirth: "1990-01-01" };
    await valueFrom(
      registerPatient(
        w.anonymous,
        { email, password: "a long enough passphrase", ...person },
        { address: "198.51.100.9" },
      ),
    );
    const [row] = await owner`select c.kind, c.decision, c.text_version, c.place, c.by_user_id = p.user_id as self
      from consents c join patients p on p.id = c.patient_id where p.family_name = 'Patient' and p.given_name = 'New'`;
    expect(row).toEqual({
      kind: "privacy_notice",
      decision: "given",
      text_version: 1,
      place: "registration",
      self: true,
    });
    expect(await setConsent(w.ana, { patientId, kind: "privacy_notice", given: false })).toMatchObject({
      code: "policy_refused",
    });
  });

  it("are never rewritten, by nobody", async () => {
    await expect(withActor(w.system, ({ pg }) => pg`update consents set decision = 'given'`)).rejects.toThrow(
      /permission/,
    );
    await expect(withActor(w.system, ({ pg }) => pg`delete from consents`)).rejects.toThrow(/permission/);
  });
});
