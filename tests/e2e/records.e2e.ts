import { expect, expectAccessible, type Page, signIn, signInAsNewPatient, signInWith, test } from "../support/e2e";

const PDF = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
const heading = (page: Page) => page.getByRole("heading", { level: 1 });
const saved = (page: Page) => page.locator("[data-slot=saved]");
const text = (page: Page) => page.getByLabel("Text", { exact: true });
const named = (what: string) => `${what} ${Date.now().toString(36)}`;
const idIn = (page: Page) => page.url().split("/").at(-1)?.split("?")[0] ?? "";

/** The page of one patient, found by what reception would type. */
async function openPatient(page: Page, query: string): Promise<string> {
  await page.goto(`/patients?q=${encodeURIComponent(query)}`);
  await page.locator("main tbody a").first().click();
  await page.waitForURL(/\/patients\/[\da-f-]{36}$/);
  return idIn(page);
}

async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies();
}

/** The demo doctor on the records of the demo patient, whom they treat. */
async function openTreated(page: Page): Promise<void> {
  await signIn(page, "doctor");
  await openPatient(page, "patient@demo.test");
  await expect(page.getByRole("heading", { name: "What to know first" })).toBeVisible();
  await page.getByRole("link", { name: "All records" }).click();
  await expect(heading(page)).toHaveText(/^Medical records of /);
}

async function begin(page: Page, title: string, words: string): Promise<void> {
  await page.getByLabel("Write down").selectOption({ label: "Visit note" });
  await page.getByRole("button", { name: "Write", exact: true }).click();
  await page.waitForURL(/\/write$/);
  await page.getByLabel("What the visit was about").fill(title);
  // The words "Saved" stand there from the start.
  const isSaved = page.waitForResponse((answer) => Boolean(answer.request().postData()?.includes(words)));
  await text(page).fill(words);
  await isSaved;
  await expect(saved(page)).toHaveText(/^Saved /);
}

test("a doctor writes, signs and releases; the patient reads it and sees who has looked @widths", async ({ page }) => {
  const title = named("Sprained ankle");
  await openTreated(page);
  await expectAccessible(page);
  await begin(page, title, "Rest, ice, a bandage.");
  await expectAccessible(page);
  await page.getByLabel("Add a file").setInputFiles({ name: "x-ray.pdf", mimeType: "application/pdf", buffer: PDF });
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(page.getByRole("link", { name: "Download x-ray.pdf" })).toBeVisible();
  await page.getByLabel("Let the patient read it at once").check();
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(page.getByText("Signed, and released to the patient.")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Amend" }).click();
  await text(page).fill("Rest, ice, a bandage, crutches.");
  await page.getByRole("button", { name: "Amend", exact: true }).click();
  await expect(page.locator("[data-slot=error-summary]")).toContainText("Say why");
  await page.getByLabel("Why it is changed").fill("Crutches were forgotten");
  await page.getByRole("button", { name: "Amend", exact: true }).click();
  await page.getByRole("link", { name: "One earlier wording" }).click();
  await expect(page.locator("ins")).toContainText("crutches");
  await expectAccessible(page);

  await signOut(page);
  await signIn(page, "patient");
  await page.getByRole("link", { name: "Records", exact: true }).click();
  await expect(page).toHaveTitle(/^My records/);
  await expectAccessible(page);
  await page.getByRole("link", { name: new RegExp(title) }).click();
  await expect(heading(page)).toHaveText(title);
  await expect(page.getByText("Rest, ice, a bandage, crutches.")).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download x-ray.pdf" }).click();
  expect((await download).suggestedFilename()).toBe("x-ray.pdf");
  await page.goto("/records/looked");
  await expect(page.getByText("Dr Amara Okafor read a record").first()).toBeVisible();
  await expectAccessible(page);
});

test("what is withheld is not the patient's to see, and answers as what is not there", async ({
  page,
  allowErrors,
}) => {
  allowErrors(/404/);
  const title = named("Not yet");
  await openTreated(page);
  await begin(page, title, "To be talked about first.");
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await page.waitForURL(/\?done=signed/);
  const id = idIn(page);
  await page.getByText("Withhold from the patient").click();
  await page.getByLabel("Why it is withheld").fill("To be told in person");
  await page.getByRole("button", { name: "Withhold", exact: true }).click();
  await expect(page.getByText("This record is withheld from the patient.")).toBeVisible();

  await signOut(page);
  await signIn(page, "patient");
  await page.goto("/records");
  await expect(page.getByText(title)).toHaveCount(0);
  const pages = [id, "01900000-0000-7000-8000-000000000000"].map(async (one) => {
    const answer = await page.request.get(`/records/${one}`);
    return [answer.status(), /<h1[^>]*>([^<]*)/.exec(await answer.text())?.[1]];
  });
  const [foreign, missing] = await Promise.all(pages);
  expect(foreign?.[0]).toBe(404);
  expect(foreign).toEqual(missing);
});

test("a draft survives a broken line, another tab and an ended session", async ({ page, context, allowErrors }) => {
  allowErrors(/ERR_INTERNET_DISCONNECTED/);
  await openTreated(page);
  await begin(page, named("Draft"), "First words.");
  const address = page.url();
  await context.setOffline(true);
  await text(page).fill("Typed without a line.");
  await expect(saved(page)).toHaveText(/^Not saved yet/);
  await context.setOffline(false);
  await expect(saved(page)).toHaveText(/^Saved /);

  const other = await context.newPage();
  await other.goto(address);
  await expect(text(other)).toHaveValue("Typed without a line.");
  // The words "Saved" stand there from the start.
  const isSaved = other.waitForResponse((answer) => answer.request().method() === "POST");
  await text(other).fill("From the other tab.");
  await isSaved;
  await other.close();
  await text(page).fill("From the first tab.");
  await expect(page.getByRole("heading", { name: "This draft was changed in another tab" })).toBeVisible();
  await expect(page.getByText("From the other tab.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keep both, one below the other" }).click();
  await expect(text(page)).toHaveValue("From the other tab.\n\nFrom the first tab.");
  await expect(saved(page)).toHaveText(/^Saved /);

  await context.clearCookies();
  await text(page).fill("Typed after the session had ended.");
  await expect(saved(page)).toHaveText(/^Not saved: you have been signed out/);
  await signInWith(page, "doctor@demo.test", new URL(address).pathname);
  // Nobody has saved since: the words go on by themselves.
  await expect(text(page)).toHaveValue("Typed after the session had ended.");
  await expect
    .poll(() => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes(":record:"))))
    .toEqual([]);
  await expect(saved(page)).toHaveText(/^Saved /);
  await page.reload();
  await expect(text(page)).toHaveValue("Typed after the session had ended.");

  await context.clearCookies();
  await text(page).fill("Typed after it had ended again.");
  await expect(saved(page)).toHaveText(/^Not saved: you have been signed out/);
  const elsewhere = await context.newPage();
  await signInWith(elsewhere, "doctor@demo.test", new URL(address).pathname);
  const wasSaved = elsewhere.waitForResponse((answer) => answer.request().method() === "POST");
  await text(elsewhere).fill("Written meanwhile.");
  await wasSaved;
  await elsewhere.close();
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "There are words that were not saved" })).toBeVisible();
  await page.getByRole("button", { name: "Keep mine" }).click();
  await expect(text(page)).toHaveValue("Typed after it had ended again.");
  await expect(saved(page)).toHaveText(/^Saved /);
  await page.getByText("Throw this draft away").click();
  await page.getByRole("button", { name: "Throw away", exact: true }).click();
  await expect(page.getByText("The draft has been thrown away.")).toBeVisible();
});

test("a doctor without a relation breaks the glass, and the patient is shown it @phone", async ({ page }) => {
  const email = await signInAsNewPatient(page);
  await signOut(page);
  await signIn(page, "doctor");
  const id = await openPatient(page, email);
  await page.getByRole("link", { name: "Emergency access" }).click();
  await expect(page.getByRole("heading", { name: "These records are closed to you" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Why you need to read these records").fill("short");
  await page.getByRole("button", { name: "Open the records" }).click();
  await expect(page.locator("[data-slot=error-summary]")).toContainText("at least 10 characters");
  await page.getByLabel("Why you need to read these records").fill("Unconscious in the waiting room");
  await page.getByRole("button", { name: "Open the records" }).click();
  await expect(page.getByText(/^Emergency access until /)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Close now" }).click();
  await page.waitForURL(new RegExp(`/patients/${id}$`));
  await expect(page.getByText("You have no treating relation with this patient")).toBeVisible();

  await signOut(page);
  await signInWith(page, email, "/records/looked");
  await expect(page.getByText("Reason: Unconscious in the waiting room")).toBeVisible();
  await expect(page.getByText("Dr Amara Okafor opened the records in an emergency")).toBeVisible();
  await expectAccessible(page);

  await page.goto("/records/doctors");
  await page.getByLabel("Doctor", { exact: true }).selectOption({ label: "Dr Amara Okafor" });
  await page.getByLabel("What for").fill("A second opinion");
  await page.getByRole("button", { name: "Let this doctor read" }).click();
  await expect(page.getByText("The doctor can read your records now.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Stop letting Dr Amara Okafor read" }).click();
  await expect(page.getByText("You have let no other doctor read your records.")).toBeVisible();
});

test("reception is told that there are records, and nothing more", async ({ page, allowErrors }) => {
  allowErrors(/403/);
  await signIn(page, "reception");
  const id = await openPatient(page, "patient@demo.test");
  await expect(page.getByText(/medical records?\. Only doctors who treat the patient/)).toBeVisible();
  await page.goto(`/patients/${id}/records`);
  await expect(heading(page)).not.toHaveText(/Medical records/);
});
