// Half-written text is not lost: not by a reload, not by a session that ends, not by a broken connection.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, fi, openBrowser, openWindow, signIn } from "./browser.mjs";

// New in each run, so that a database used before does no harm.
const MARK = `viikkoa ${Date.now()}`;
const TEXT = `Minulla on ollut yskää jo kaksi ${MARK}. Pitäisikö tulla käymään?`;
const ANSWER = `Tule huomenna klo 9 (${MARK}).`;

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

async function openFirstThread(page) {
  await page.goto("/viestit");
  await page.locator("main a[href^='/viestit/0']").first().click();
  await page.getByLabel(fi("thread.reply")).waitFor();
}

test("text survives a reload and an expired session, and goes when it is sent", async () => {
  const { context, page, unharmed } = await openWindow(browser, "citizen");
  await signIn(page, "Emma Karjalainen");
  await openFirstThread(page);
  await page.getByLabel(fi("thread.reply")).fill(TEXT);
  await page.reload();
  assert.equal(await page.getByLabel(fi("thread.reply")).inputValue(), TEXT);

  await context.clearCookies();
  // The page may notice by itself, before the button is reached.
  await page.getByRole("button", { name: fi("messages.send") }).click({ timeout: 2_000 }).catch(() => {});
  await page.getByText(fi("sign_in.expired")).waitFor();
  await signIn(page, "Emma Karjalainen");
  await page.getByLabel(fi("thread.reply")).waitFor();
  assert.equal(await page.getByLabel(fi("thread.reply")).inputValue(), TEXT);

  await page.getByRole("button", { name: fi("messages.send") }).click();
  await page.locator(".message", { hasText: TEXT }).waitFor();
  await page.reload();
  await page.getByLabel(fi("thread.reply")).waitFor();
  assert.equal(await page.getByLabel(fi("thread.reply")).inputValue(), "");
  unharmed();
  await context.close();
});

test("another person does not see it, and signing out takes it away", async () => {
  const { context, page } = await openWindow(browser, "citizen");
  await signIn(page, "Emma Karjalainen");
  await page.goto("/viestit/uusi");
  await page.getByLabel(fi("new_thread.text")).fill(TEXT);
  await page.getByRole("button", { name: fi("session.sign_out") }).click();
  await signIn(page, "Timo Leinonen");
  await page.goto("/viestit/uusi");
  assert.equal(await page.getByLabel(fi("new_thread.text")).inputValue(), "");
  await context.close();
});

test("a lost connection is shown and healed, and what came meanwhile is there", async () => {
  const citizen = await openWindow(browser, "citizen");
  const professional = await openWindow(browser, "professional");
  await signIn(citizen.page, "Aino Kemppainen");
  await signIn(professional.page, "Hanna Huotari");
  const inbox = professional.page.getByRole("region", { name: fi("inbox.threads") });
  await inbox.getByRole("link", { name: /Aino Kemppainen/ }).first().click();
  await professional.page.getByLabel(fi("inbox.reply")).waitFor();
  const thread = professional.page.url().split("/").pop().split("?")[0];
  await citizen.page.goto(`/viestit/${thread}`);
  await citizen.page.getByLabel(fi("thread.reply")).fill(TEXT);

  await citizen.context.setOffline(true);
  await citizen.page.getByText(fi("shell.connection_lost")).waitFor();
  await citizen.page.getByRole("button", { name: fi("messages.send") }).click();
  await citizen.page.getByText(fi("messages.text_kept")).waitFor();
  await professional.page.getByLabel(fi("inbox.reply")).fill(ANSWER);
  await professional.page.keyboard.press("Control+Enter");
  await professional.page.locator(".message", { hasText: ANSWER }).waitFor();

  await citizen.context.setOffline(false);
  await citizen.page.locator(".message", { hasText: ANSWER }).waitFor();
  await eventually(() => citizen.page.getByText(fi("shell.connection_lost")).count(), 0, "the banner goes");
  assert.equal(await citizen.page.getByLabel(fi("thread.reply")).inputValue(), TEXT);
  await citizen.page.getByRole("button", { name: fi("messages.send") }).click();
  await eventually(() => citizen.page.locator(".message", { hasText: TEXT }).count(), 1, "sent once");
  citizen.unharmed();
  await citizen.context.close();
  await professional.context.close();
});

test("a stream that has fallen silent is opened again", async () => {
  const { context, page, unharmed } = await openWindow(browser, "citizen");
  let opened = 0;
  page.on("request", (request) => { opened += request.url().includes("/api/v1/updates") ? 1 : 0; });
  await page.clock.install();
  await page.reload();
  await signIn(page, "Emma Karjalainen");
  await eventually(() => opened, 1, "one stream");
  await page.clock.fastForward(30_000);
  assert.equal(opened, 1, "half a minute is no silence");
  // This clock's timers have numbers too large to be cleared from WebAssembly, so there may be more than one.
  await page.clock.fastForward(30_000);
  await eventually(() => opened > 1, true, "a minute is");
  unharmed();
  await context.close();
});
