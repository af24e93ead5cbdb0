import type { Role } from "@/lib/domain/actor";
import type { Things } from "./town";

// What the matrix knows of the server actions: an export of a 'use server' file that is not here fails it, and so does a line without its action.

export type Ask = { things: Things; start: string; helperEmail: string; helperDoctor: string };
export type ActionDoor = {
  /** Called with a value, or as a form's action with its state, or with the form alone (it leads on, whatever happens). */
  face: "value" | "form" | "plain";
  access: "public" | "signed_in" | readonly Role[];
  /** What is sent, about these things. Members of forms are text, as browsers send them. */
  send?: (ask: Ask) => Record<string, unknown>;
  /** It answers alike by design: its things are everybody's, or the role sees all of them. */
  seesAll?: readonly Role[];
};

const PATIENT = ["patient"] as const;
const DOCTOR = ["doctor"] as const;
const STAFF = ["doctor", "receptionist", "admin"] as const;
const CLINIC = ["receptionist", "admin"] as const;
const ADMIN = ["admin"] as const;

const slotOf = ({ things, start }: Ask) => `${start}~${things.doctor}~${things.location}`;
const form = (access: ActionDoor["access"], send?: ActionDoor["send"], more: Partial<ActionDoor> = {}): ActionDoor => ({
  ...{ face: "form", access, ...(send ? { send } : {}), ...more },
});
const value = (access: ActionDoor["access"], send?: ActionDoor["send"]): ActionDoor => ({
  ...{ face: "value", access, ...(send ? { send } : {}) },
});
const plain = (access: ActionDoor["access"], send?: ActionDoor["send"]): ActionDoor => ({
  ...{ face: "plain", access, ...(send ? { send } : {}) },
});

const TEXT = { kind: "appointment.booked", channel: "email", locale: "en" };

const files = {
  "app/(doctor)/hours/actions.ts": {
    saveHoursAction: form(STAFF, ({ things }) => ({ doctorId: things.doctor, version: "1" })),
    addExceptionAction: form(STAFF, ({ things }) => ({
      ...{ doctorId: things.doctor, kind: "leave", fromDate: "2038-01-05", toDate: "2038-01-05" },
    })),
    deleteExceptionAction: form(STAFF, ({ things }) => ({ doctorId: things.doctor, id: things.exception })),
  },
  "app/(doctor)/calendar/actions.ts": {
    changeStatusAction: value(STAFF, ({ things }) => ({ id: things.appointment, status: "arrived" })),
    cancelVisitAction: value(STAFF, ({ things }) => ({ id: things.appointment })),
    moveVisitAction: value(STAFF, ({ things, start }) => ({ id: things.appointment, start })),
    freeTimesAction: value(STAFF, ({ things }) => ({ visitId: things.appointment, date: "2031-01-06" })),
  },
  "app/(account)/account/actions.ts": {
    startTotpAction: form("signed_in"),
    confirmTotpAction: form("signed_in", () => ({ otp: "000000" })),
    removeTotpAction: form("signed_in"),
    renewCodesAction: form("signed_in"),
    beginPasskeyAction: value("signed_in"),
    addPasskeyAction: value("signed_in", () => ({ credential: NEW_CREDENTIAL })),
    renamePasskeyAction: form("signed_in", ({ things }) => ({ id: things.passkey, name: "renamed" })),
    removePasskeyAction: form("signed_in", ({ things }) => ({ id: things.passkey })),
    changePasswordAction: form("signed_in", () => ({ password: "short" })),
    confirmIdentityAction: form("signed_in", () => ({ password: "not the password" })),
    askOwnPasskeyAction: value("signed_in"),
    confirmByPasskeyAction: value("signed_in", () => ({ credential: CREDENTIAL })),
    renameSessionAction: form("signed_in", ({ things }) => ({ id: things.session, name: "renamed" })),
    endSessionAction: form("signed_in", ({ things }) => ({ id: things.session })),
    endOtherSessionsAction: form("signed_in"),
  },
  "app/(account)/_session/actions.ts": { renewSessionAction: value("signed_in") },
  "app/(patient)/records/actions.ts": {
    grantAccessAction: form(PATIENT, ({ helperDoctor }) => ({ doctorId: helperDoctor, reason: "R" }), {
      seesAll: PATIENT,
    }),
    revokeAccessAction: plain(PATIENT, ({ things }) => ({ id: things.recordGrant })),
  },
  "app/(patient)/profile/actions.ts": {
    savePreferencesAction: form(PATIENT, () => ({ email: "on", leads: "usual" })),
    saveContactAction: form(PATIENT, ({ things }) => ({ id: things.patient, version: "1", address: "1 New Street" })),
  },
  "app/(patient)/family/actions.ts": {
    addChildAction: form(PATIENT, () => ({ givenName: "New", familyName: "Child", dateOfBirth: "2020-01-01" })),
    grantProxyAction: form(PATIENT, ({ helperEmail }) => ({ email: helperEmail, relationship: "partner" })),
    revokeProxyAction: plain(PATIENT, ({ things }) => ({ id: things.proxyGrant })),
  },
  "app/(patient)/visits/actions.ts": {
    confirmVisitAction: plain(PATIENT, ({ things }) => ({ id: things.appointment })),
    acceptOfferAction: plain(PATIENT, ({ things }) => ({ id: things.offer })),
    declineOfferAction: plain(PATIENT, ({ things }) => ({ id: things.offer })),
    leaveWaitlistAction: plain(PATIENT, ({ things }) => ({ id: things.wish })),
  },
  "app/(patient)/visits/[id]/actions.ts": {
    // Only leads on to the page that asks; that page is in the pages' matrix.
    chooseNewTimeAction: plain("public", (ask) => ({ id: ask.things.appointment, slot: slotOf(ask) })),
    cancelVisitAction: form(PATIENT, ({ things }) => ({ id: things.appointment })),
    moveVisitAction: form(PATIENT, (ask) => ({ id: ask.things.appointment, slot: slotOf(ask) })),
    waitForEarlierAction: plain(PATIENT, ({ things }) => ({ id: things.appointment })),
  },
  "app/(clinic)/admin/actions.ts": {
    inviteAction: form(ADMIN, () => ({ email: `new-${Math.random()}@x.test`, name: "N", role: "receptionist" })),
    saveUserAction: form(ADMIN, ({ things }) => ({ id: things.account, name: "N", role: "patient" })),
    resetSecondFactorAction: form(ADMIN, ({ things }) => ({ id: things.account })),
    saveServiceAction: form(ADMIN, ({ things }) => ({ id: things.service, name: "S" })),
    saveLocationAction: form(ADMIN, ({ things }) => ({
      id: things.location,
      name: "L",
      timeZone: "UTC",
      active: "on",
    })),
    saveRoomAction: form(ADMIN, ({ things }) => ({
      id: things.room,
      locationId: things.location,
      name: "R",
      active: "on",
    })),
    saveDoctorAction: form(ADMIN, ({ things }) => ({
      ...{
        id: things.doctor,
        name: "D",
        active: "on",
        "serviceIds[]": things.service,
        "locationIds[]": things.location,
      },
    })),
    saveSettingsAction: form(ADMIN, () => ({ name: "Clinic" })),
  },
  "app/(clinic)/_next-visit/actions.ts": {
    setNextVisitAction: form(STAFF, ({ things }) => ({ appointmentId: things.appointment, weeks: "12" })),
  },
  "app/(clinic)/admin/recalls/actions.ts": {
    saveRecallAction: form(ADMIN, ({ things }) => ({
      ...{ name: "R", serviceId: things.service, months: "12", countsAnyVisit: "any", active: "on" },
    })),
  },
  "app/(clinic)/(desk)/recalls/actions.ts": {
    noteAskedAction: form(CLINIC, ({ things }) => ({ recallId: things.recall, patientId: things.patient })),
  },
  "app/(clinic)/admin/texts/actions.ts": {
    saveTextAction: form(ADMIN, () => ({ ...TEXT, subject: "S", body: "B" })),
    resetTextAction: form(ADMIN, () => TEXT),
    tryTextAction: form(ADMIN, () => TEXT),
    // No number, so that nothing is sent.
    trySmsAction: form(ADMIN, () => ({ ...TEXT, channel: "sms", to: "nobody" })),
    previewTextAction: value(ADMIN, () => ({ ...TEXT, subject: "S", body: "B" })),
  },
  "app/(clinic)/admin/privacy/actions.ts": {
    // Another's number, so that nobody is erased here.
    erasePatientAction: form(ADMIN, ({ things }) => ({ patientId: things.patient, recordNumber: "P-0" })),
    refuseErasureAction: form(ADMIN, ({ things }) => ({ id: things.patient, refusal: "legal_duty" })),
    setHoldAction: form(ADMIN, ({ things }) => ({ patientId: things.patient, reason: "R" })),
    endHoldAction: form(ADMIN, ({ things }) => ({ id: things.patient, patientId: things.patient })),
  },
  "app/(patient)/privacy/actions.ts": {
    setConsentAction: plain(PATIENT, ({ things }) => ({ patientId: things.patient, kind: "recalls", given: "true" })),
    askErasureAction: plain(PATIENT, ({ things }) => ({ patientId: things.patient })),
  },
  "app/(clinic)/patients/actions.ts": {
    registerPatientAction: form(STAFF, () => ({ givenName: "New", familyName: "Patient" })),
    updatePatientAction: form(STAFF, ({ things }) => ({ id: things.patient, address: "2 New Street" }), {
      seesAll: DOCTOR,
    }),
    grantProxyAction: form(CLINIC, ({ things, helperEmail }) => ({
      ...{ patientId: things.patient, email: helperEmail, relationship: "partner", "capabilities[]": "view" },
    })),
    setRecallConsentAction: form(CLINIC, ({ things }) => ({ patientId: things.patient, given: "true" })),
    liftStopAction: form(CLINIC, ({ things }) => ({ patientId: things.patient, channel: "sms" })),
    revokeProxyAction: form(CLINIC, ({ things }) => ({ id: things.proxyGrant })),
  },
  "app/(clinic)/patients/[id]/records/actions.ts": {
    startRecordAction: form(DOCTOR, ({ things }) => ({ patientId: things.patient, start: "visit_note" })),
    saveDraftAction: value(DOCTOR, ({ things }) => ({ id: things.draft, body: "B" })),
    readDraftAction: value(DOCTOR, ({ things }) => ({ id: things.draft })),
    sendDraftAction: form(DOCTOR, ({ things }) => ({ id: things.draft, expectedVersion: "1", title: "T", body: "B" })),
    discardDraftAction: form(DOCTOR, ({ things }) => ({
      id: things.draft,
      patientId: things.patient,
      expectedVersion: "1",
    })),
    amendRecordAction: form(DOCTOR, ({ things }) => ({
      id: things.record,
      expectedVersion: "1",
      title: "T",
      reason: "R",
    })),
    releaseRecordAction: form(DOCTOR, ({ things }) => ({ id: things.record, expectedVersion: "1" })),
    withholdRecordAction: form(DOCTOR, ({ things }) => ({ id: things.record, expectedVersion: "1", reason: "R" })),
    markInErrorAction: form(DOCTOR, ({ things }) => ({ id: things.record, expectedVersion: "1", reason: "R" })),
    resolveRecordAction: form(DOCTOR, ({ things }) => ({ id: things.record, expectedVersion: "1", resolved: "yes" })),
    removeFileAction: form(DOCTOR, ({ things }) => ({ id: things.draftFile })),
    // The one way to records of somebody whom one does not treat; written down, and shown to the patient.
    openGlassAction: form(
      DOCTOR,
      ({ things }) => ({ patientId: things.patient, reason: "It cannot wait.", minutes: "5" }),
      {
        seesAll: DOCTOR,
      },
    ),
    closeGlassAction: form(DOCTOR, ({ things }) => ({ id: things.glass, patientId: things.patient })),
  },
  "app/(clinic)/visit-actions.ts": {
    changeStatusAction: form(STAFF, ({ things }) => ({ id: things.appointment, status: "checked_in" })),
    cancelVisitAction: form(STAFF, ({ things }) => ({ id: things.appointment })),
    moveVisitAction: form(STAFF, ({ things, start }) => ({ id: things.appointment, start })),
    bookVisitAction: form(
      STAFF,
      ({ things, start }) => ({ serviceId: things.service, doctorId: things.doctor, patientId: things.patient, start }),
      { seesAll: DOCTOR },
    ),
  },
  "app/(public)/register/actions.ts": {
    registerAction: form("public", () => ({
      ...{
        email: `new-${Math.random()}@x.test`,
        password: "short",
        givenName: "N",
        familyName: "N",
        dateOfBirth: "1990-01-01",
      },
    })),
  },
  "app/(public)/sign-in/actions.ts": {
    signInAction: form("public", () => ({ email: "nobody@x.test", password: "not the password" })),
    finishSignInAction: form("public", () => ({ otp: "000000" })),
    askPasskeyAction: value("public"),
    passkeySignInAction: value("public", () => ({ credential: CREDENTIAL })),
    signOutAction: plain("public"),
  },
  "app/(public)/invitation/actions.ts": {
    acceptInvitationAction: form("public", () => ({ token: "x", password: "short" })),
  },
  "app/(clinic)/messages/actions.ts": {
    settleAction: plain(CLINIC, ({ things }) => ({ id: things.inbound })),
    replayAction: plain(CLINIC, ({ things }) => ({ id: things.message })),
    replayAllAction: plain(CLINIC, () => ({ source: "message" })),
  },
  "app/(clinic)/(desk)/waitlist/actions.ts": {
    takeOffAction: form(CLINIC, ({ things }) => ({ id: things.wish, reason: "asked" })),
    offerTimeAction: form(CLINIC, (ask) => ({
      ...{ id: ask.things.wish, doctorId: ask.things.doctor, locationId: ask.things.location },
      start: "2031-01-06T09:00:00Z",
    })),
    addToWaitlistAction: form(CLINIC, ({ things }) => ({
      ...{ patientId: things.patient, serviceId: things.service, from: "2098-01-01", to: "2098-02-01" },
    })),
  },
  "app/(public)/a/[token]/actions.ts": { useLinkAction: form("public", () => ({ token: "x".repeat(22) })) },
  "app/(public)/verify/actions.ts": { verifyEmailAction: form("public", () => ({ token: "x" })) },
  "app/(public)/reset/actions.ts": {
    requestResetAction: form("public", () => ({ email: "nobody@x.test" })),
    confirmResetAction: form("public", () => ({ token: "x", password: "short" })),
  },
  "app/(public)/find/actions.ts": {
    chooseTimeAction: plain("public", (ask) => ({
      ...{ service: ask.things.service, kind: "all", for: ask.things.patient, slot: slotOf(ask) },
    })),
    joinWaitlistAction: plain("public", ({ things }) => ({
      service: things.service,
      for: things.patient,
      weekday: "2",
    })),
  },
  "app/(public)/find/check/actions.ts": {
    holdTimeAction: value(PATIENT, (ask) => ({
      service: ask.things.service,
      for: ask.things.patient,
      slot: slotOf(ask),
    })),
    extendHoldAction: value(PATIENT, ({ things }) => ({ id: things.hold })),
    bookAction: form(PATIENT, (ask) => ({ service: ask.things.service, for: ask.things.patient, slot: slotOf(ask) })),
  },
} satisfies Record<string, Record<string, ActionDoor>>;

const CREDENTIAL = {
  ...{ id: "AAAA", rawId: "AAAA", type: "public-key", clientExtensionResults: {} },
  response: { clientDataJSON: "e30", authenticatorData: "AAAA", signature: "AAAA" },
};
const NEW_CREDENTIAL = { ...CREDENTIAL, response: { clientDataJSON: "e30", attestationObject: "AAAA" } };

/** By `file#export`. */
export const ACTIONS: ReadonlyMap<string, ActionDoor> = new Map(
  Object.entries(files as Record<string, Record<string, ActionDoor>>).flatMap(([file, doors]) =>
    Object.entries(doors).map(([name, door]) => [`${file}#${name}`, door]),
  ),
);
