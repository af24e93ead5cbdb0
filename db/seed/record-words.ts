import type { RecordKind } from "@/lib/records/schemas";

/** What doctors wrote: made up, of nobody, and such as are written every day. */
type Words = {
  title: string;
  body: string;
  coding?: { system: "icd-10" | "snomed-ct" | "text"; code: string; display: string };
};

export const NOTES: readonly Words[] = [
  {
    title: "Check-up",
    body: "S: Feels well, no complaints.\nO: BP 122/78 mmHg, pulse 66, regular. Heart and lungs clear.\nA: Healthy.\nP: Again in a year.",
  },
  {
    title: "Cough for two weeks",
    body: "S: Dry cough, worse at night, no fever.\nO: Chest clear, throat slightly red, SpO2 98 %.\nA: Cough after a viral infection.\nP: Wait; come back with fever or after three more weeks.",
  },
  {
    title: "Low back pain",
    body: "S: Since lifting boxes on Sunday, no numbness.\nO: Muscles tense on the left, reflexes equal, straight-leg raise negative.\nA: Mechanical low back pain.\nP: Stay active, ibuprofen with food for five days.",
  },
  {
    title: "Blood pressure review",
    body: "S: Home readings 128-136/80-86.\nO: BP 134/84 mmHg, weight unchanged.\nA: Well controlled.\nP: Same dose; blood test before the next visit.",
  },
  {
    title: "Skin rash",
    body: "S: Itchy patches on both forearms since changing detergent.\nO: Dry red patches, no blisters.\nA: Contact dermatitis.\nP: Old detergent, emollient twice daily, hydrocortisone 1 % for a week.",
  },
];

/** What the demo's own people bring with them, by kind; `release` where the patient reads it. */
export const STORIES: readonly (Words & {
  kind: RecordKind;
  release: "released" | "withheld" | "pending";
  reason?: string;
  file?: true;
})[] = [
  {
    kind: "allergy",
    release: "released",
    title: "Penicillin",
    body: "Hives within an hour of amoxicillin, as a child.",
    coding: { system: "snomed-ct", code: "91936005", display: "Allergy to penicillin" },
  },
  {
    kind: "diagnosis",
    release: "released",
    title: "Mild asthma",
    body: "Since childhood; worse in spring.",
    coding: { system: "icd-10", code: "J45.9", display: "Asthma, unspecified" },
  },
  {
    kind: "medication",
    release: "released",
    title: "Salbutamol inhaler",
    body: "100 micrograms, one or two puffs when needed.",
  },
  { kind: "vaccination", release: "released", title: "Influenza, this season", body: "Left arm, no reaction." },
  {
    kind: "result",
    release: "released",
    title: "Blood count",
    body: "Haemoglobin 138 g/L, leucocytes 6.1, platelets 245: all as they should be.",
    file: true,
  },
  {
    kind: "result",
    release: "withheld",
    title: "Chest X-ray",
    body: "Small shadow in the right upper field, unclear; CT is booked.",
    reason: "To be told in person at the next visit.",
  },
  {
    kind: "document",
    release: "pending",
    title: "Letter from the lung clinic",
    body: "Spirometry before and after bronchodilator, see the attached pages.",
    file: true,
  },
];

export const TEMPLATES = [
  { name: "SOAP note", title: "Visit", body: "S: \nO: \nA: \nP: " },
  { name: "Check-up", title: "Check-up", body: "S: \nO: BP  /  mmHg, pulse , weight  kg.\nA: \nP: Again in a year." },
] as const;

/** One page with a line on it. */
export const PAGE = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n4 0 obj<</Length 58>>stream\nBT /F1 18 Tf 72 760 Td (A page of the demo clinic) Tj ET\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);
