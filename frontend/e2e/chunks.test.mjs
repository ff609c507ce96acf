// Parts of the apps that are fetched when they are needed: a line that breaks, and a server with a newer app.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fi, openBrowser, openWindow, signIn } from "./browser.mjs";

const MESSAGES = "**/assets/citizen-messages-*.wasm";

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

test("a part that could not be fetched is fetched when one tries again", async () => {
  const { context, page, unharmed } = await openWindow(browser, "citizen");
  await context.route(MESSAGES, (route) => route.abort());
  await context.route("**/api/v1/sessions/methods", (route) => route.abort());
  await context.addCookies(await cookiesOf("Aino Kemppainen"));
  await page.reload();
  await page.evaluate(() => { globalThis.isSamePage = true; });
  await page.getByRole("navigation").getByRole("link", { name: fi("nav.messages") }).click();
  const problem = page.getByRole("alert");
  await problem.getByText(fi("error.unreachable")).waitFor();
  await context.unrouteAll();
  await problem.getByRole("button", { name: fi("try_again") }).click();
  await page.getByRole("heading", { name: fi("nav.messages"), level: 1 }).waitFor();
  assert.ok(await page.evaluate(() => globalThis.isSamePage), "without loading the page anew");
  unharmed();
  await context.close();
});

test("a part that is gone from the server has the page loaded anew, once", async () => {
  const { context, page, unharmed } = await openWindow(browser, "citizen");
  let refusals = 0;
  await context.route(MESSAGES, (route) => {
    refusals += 1;
    return route.fulfill({ status: 404 });
  });
  await context.addCookies(await cookiesOf("Aino Kemppainen"));
  await page.goto("/viestit");
  await page.getByRole("alert").getByText(fi("error.unreachable")).waitFor();
  assert.equal(refusals, 2, "asked once before and once after the page was loaded anew");
  await context.unrouteAll();
  await page.getByRole("button", { name: fi("try_again") }).click();
  await page.getByRole("heading", { name: fi("nav.messages"), level: 1 }).waitFor();
  unharmed();
  await context.close();
});

/** The cookies of a session of its own. */
async function cookiesOf(name) {
  const { context, page } = await openWindow(browser, "citizen");
  await signIn(page, name);
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}
