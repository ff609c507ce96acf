// A citizen asks about a line of the log; the privacy officer reads the line from the thread. And the register.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkPage, eventually, fi, identityCode, openBrowser, openMyData, openWindow, ownData, signIn } from "./browser.mjs";

const QUESTION = `Miksi tietojani on katsottu? (${Date.now()})`;

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

test("a question about a line reaches the privacy officer with the line", async () => {
  const { context, page, unharmed } = await openWindow(browser, "citizen");
  await signIn(page, "Aino Kemppainen");
  const code = identityCode(await ownData(page), false);
  await openMyData(page, "audit.title");
  await page.getByRole("button", { name: fi("audit.ask") }).first().click();
  await page.getByRole("button", { name: fi("messages.send") }).click();
  await page.getByText(fi("messages.text_required")).waitFor();
  await checkPage(page, "a question without words");
  await page.getByLabel(fi("audit.ask_text")).fill(QUESTION);
  await page.getByRole("button", { name: fi("messages.send") }).click();
  await page.locator(".message", { hasText: QUESTION }).waitFor();
  unharmed();
  await context.close();

  const officer = await openWindow(browser, "professional");
  await signIn(officer.page, "Kaisa Rusanen");
  const inbox = officer.page.getByRole("region", { name: fi("inbox.threads") });
  await inbox.getByRole("listitem").filter({ hasText: QUESTION }).getByRole("link").click();
  await officer.page.getByRole("link", { name: fi("inbox.about_access") }).click();
  await officer.page.getByRole("heading", { name: fi("privacy.line"), level: 1 }).waitFor();
  await officer.page.getByText(/Aino Kemppainen/).first().waitFor();
  assert.equal(await officer.page.locator(".access").count(), 1, "that line alone");
  await checkPage(officer.page, "one line of the log");

  await officer.page.goto("/pro/tietosuoja?osa=haku");
  await officer.page.getByRole("button", { name: fi("clients.search") }).click();
  await officer.page.getByText(fi("field.required")).first().waitFor();
  await officer.page.getByLabel(fi("clients.code")).fill(code);
  await officer.page.getByRole("button", { name: fi("clients.search") }).click();
  const lines = officer.page.locator(".access");
  await lines.first().waitFor();
  await checkPage(officer.page, "what a search found");
  const all = lines.filter({ hasText: "Hanna Huotari" }).getByRole("link", { name: fi("privacy.all_by") });
  if (await all.count()) {
    await all.first().click();
    await officer.page.getByText(fi("privacy.of_actor")).waitFor();
    await eventually(async () => (await lines.count()) > 0, true, "what she did");
    assert.equal(await lines.filter({ hasText: "Hanna Huotari" }).count(), await lines.count());
  }
  officer.unharmed();
  await officer.context.close();
});

test("an administrator enters a right in the register, and ends it", async () => {
  const [birgitta, matti] = [await openWindow(browser, "citizen"), await openWindow(browser, "citizen")];
  await birgitta.page.locator("button[lang=fi]").click();
  await matti.page.locator("button[lang=fi]").click();
  await signIn(birgitta.page, "Birgitta Lindholm");
  await signIn(matti.page, "Matti Kemppainen");
  const codes = [identityCode(await ownData(birgitta.page), false), identityCode(await ownData(matti.page), true)];

  const { context, page, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Jari Mustonen");
  await page.getByRole("link", { name: fi("nav.register") }).click();
  const entry = page.getByRole("region", { name: fi("register.enter") });
  await entry.getByRole("button", { name: fi("register.enter_now") }).click();
  await entry.getByText(fi("field.required")).first().waitFor();
  await checkPage(page, "an empty entry");
  await entry.getByLabel(fi("register.citizen_code")).fill(codes[0]);
  await entry.getByLabel(fi("register.proxy_code")).fill(codes[1]);
  await entry.getByLabel(fi("register.guardian")).check();
  await entry.getByLabel(fi("register.basis")).fill("Käräjäoikeuden päätös 3.2.2026");
  await entry.getByRole("button", { name: fi("register.enter_now") }).click();
  await entry.getByText(fi("register.kind_invalid")).waitFor();
  await entry.getByLabel(fi("register.mandate")).check();
  await entry.getByRole("button", { name: fi("register.enter_now") }).click();
  await page.getByText(fi("register.entered")).waitFor();

  await openMyData(matti.page, "represented.title");
  await matti.page.getByText("Birgitta Lindholm").waitFor();
  const search = page.getByRole("region", { name: fi("register.search") });
  await search.getByLabel(fi("register.citizen_code")).fill(codes[0]);
  await search.getByRole("button", { name: fi("clients.search") }).click();
  const card = search.getByRole("listitem").filter({ hasText: "Matti Kemppainen" }).first();
  await card.waitFor();
  await checkPage(page, "the register");
  await card.getByRole("button", { name: fi("proxies.end"), exact: true }).click();
  await card.getByRole("button", { name: fi("proxies.end_confirm") }).click();
  await search.getByText(fi("register.none")).waitFor();
  unharmed();
  for (const window of [birgitta, matti, { context }]) await window.context.close();
});
