import { ACCOUNTS, expect, expectAccessible, PASSWORD, signIn, signInAsNewPatient, test } from "../support/e2e";

const summary = "[data-slot=error-summary]";
const button = { name: "Sign in", exact: true } as const;

test("signing in leads back to where the visitor was, and signing out ends a replayed cookie @widths", async ({
  page,
  context,
  baseURL,
}) => {
  await page.goto("/sign-in?next=%2F%3Fvisit%3Dkept");
  await expectAccessible(page);
  await page.getByLabel("Email").fill(ACCOUNTS.patient);
  await page.getByRole("button", button).click();
  await expect(page.locator(summary)).toBeFocused();
  await expect(page.locator(summary)).toContainText("Enter a password");
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByLabel("Email")).toHaveValue(ACCOUNTS.patient);
  await expectAccessible(page);

  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", button).click();
  await page.waitForURL("/?visit=kept");

  const session = async () => (await context.request.get("/api/auth/session")).json();
  expect(await session()).toMatchObject({ user: { role: "patient" } });
  const cookies = await context.cookies();
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const origin = new URL(baseURL ?? "").origin;
  await context.request.post("/api/auth/signout", { form: { csrfToken }, headers: { origin }, maxRedirects: 0 });
  await context.addCookies(cookies);
  expect(await session()).toEqual({});
});

test("a wrong password says so and no more", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("nobody@demo.test");
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", button).click();
  await expect(page.locator(summary)).toContainText("The email address or the password is not right");
});

test("session.update() changes nothing", async ({ page, context, baseURL }) => {
  await signIn(page, "patient");
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const update = await context.request.post("/api/auth/session", {
    data: { csrfToken, data: { role: "admin", sid: "0", user: { role: "admin" } } },
    headers: { origin: new URL(baseURL ?? "").origin },
  });
  expect(await update.json()).toMatchObject({ user: { role: "patient" } });
});

test("changes that other sites ask for are refused before anything runs", async ({ request, baseURL }) => {
  const own = new URL(baseURL ?? "");
  const origins = [undefined, "null", "https://evil.example", "://", `https://${own.host}`, `http://${own.hostname}:1`];
  for (const origin of origins) {
    const headers = { ...(origin ? { origin } : {}), "next-action": "0".repeat(42) };
    const answer = await request.post("/sign-in", { headers, multipart: { "1_email": ACCOUNTS.patient } });
    expect(answer.status(), `${origin}`).toBe(403);
  }
});

test("registering asks for what is missing, in the order of the page, and ends the same for known addresses @phone", async ({
  page,
}) => {
  await page.goto("/register");
  await page.getByLabel("Email").fill(ACCOUNTS.patient);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.locator(`${summary} li`)).toHaveText([
    "Enter your given name",
    "Enter your family name",
    "Enter your date of birth",
    "Enter a password",
  ]);
  await expectAccessible(page);
  await page.getByLabel("Given name").fill("Ana");
  await page.getByLabel("Family name").fill("Lima");
  for (const [part, value] of [
    ["Day", "31"],
    ["Month", "2"],
    ["Year", "1980"],
  ] as const)
    await page.getByLabel(part).fill(value);
  await page.getByLabel("Password", { exact: true }).fill("a blue kettle on the stove");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.locator(summary)).toContainText("Enter a date of birth that exists");
  await page.getByLabel("Month").fill("3");
  await page.getByLabel("Password", { exact: true }).fill("a blue kettle on the stove");
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL("/register/sent");
  await expectAccessible(page);
});

test("a form that comes too late for its session says where to sign in, and what was typed is there after it", async ({
  page,
}) => {
  const email = await signInAsNewPatient(page);
  await page.goto("/profile");
  await page.getByLabel("Address").fill("9 Late Lane");
  // Ended elsewhere: this page hears of it only by what it sends.
  const token = await page.request.post("/api/v1/auth/token", { data: { email, password: PASSWORD } });
  const { accessToken } = await token.json();
  const headers = { authorization: `Bearer ${accessToken}` };
  const { items } = await (await page.request.get("/api/v1/me/sessions", { headers })).json();
  const own = items.find(({ kind }: { kind: string }) => kind === "browser");
  expect((await page.request.delete(`/api/v1/me/sessions/${own.id}`, { headers })).status()).toBe(204);
  await expect(async () => {
    await page.getByRole("button", { name: "Save", exact: true }).first().click();
    await expect(page.locator(summary)).toContainText("You have been signed out", { timeout: 2_000 });
  }).toPass();
  await page.locator(summary).getByRole("link", { name: "Sign in" }).click();
  await page.waitForURL(/\/sign-in\?next=%2Fprofile/);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", button).click();
  await page.waitForURL("/profile");
  await expect(page.getByLabel("Address")).toHaveValue("9 Late Lane");
});

test.describe("before JavaScript has loaded", () => {
  test.use({ javaScriptEnabled: false });

  test("forms are forms", async ({ page }) => {
    await page.goto("/sign-in?next=%2F%3Fvisit%3Dkept");
    await page.getByLabel("Email").fill(ACCOUNTS.patient);
    await page.getByRole("button", button).click();
    await expect(page.locator(summary)).toContainText("Enter a password");
    await expect(page).toHaveTitle(/^Error: Sign in/);
    await expect(page.getByLabel("Email")).toHaveValue(ACCOUNTS.patient);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", button).click();
    await page.waitForURL("/?visit=kept");
  });
});
