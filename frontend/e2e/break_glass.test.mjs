// Finding a client, and opening somebody's data whom no unit of one's own cares for: seen by the client and the officer.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkPage, fi, identityCode, openBrowser, openMyData, openWindow, ownData, signIn } from "./browser.mjs";

const REASON = `Potilas soitti, eikä hänen omaan yksikköönsä saa yhteyttä (${Date.now()}).`;

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

async function search(page, code) {
  const navigation = page.getByRole("navigation", { name: fi("shell.navigation") });
  await navigation.getByRole("link", { name: fi("nav.clients") }).click();
  await page.getByLabel(fi("clients.code")).fill(code);
  await page.getByRole("button", { name: fi("clients.search") }).click();
}

test("a nurse finds a client of her unit, and reads protected contact details with a reason", async () => {
  const aino = await openWindow(browser, "citizen");
  await signIn(aino.page, "Aino Kemppainen");
  const code = identityCode(await ownData(aino.page), false);
  await aino.context.close();

  const { context, page, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await search(page, "131052-308X");
  await page.getByText(fi("clients.code_invalid")).waitFor();
  await checkPage(page, "a wrong identity code");
  await search(page, code);
  await page.getByRole("heading", { name: "Aino Kemppainen", level: 1 }).waitFor();
  assert.ok(!page.url().includes(code.slice(0, 6)), "no code in the address");
  await page.getByText("Matti Kemppainen").waitFor();
  await page.locator(".thread-card").first().waitFor();
  await checkPage(page, "a client's card");

  const protect = page.getByRole("button", { name: fi("client.protect") });
  const unprotect = page.getByRole("button", { name: fi("client.unprotect") });
  await protect.or(unprotect).first().waitFor();
  if (await protect.count()) {
    await protect.click();
    await page.getByText(fi("client.protect_question")).waitFor();
    await protect.click();
  }
  await page.getByText(fi("client.protected_intro")).waitFor();
  await checkPage(page, "protected contact details");
  await page.getByLabel(fi("client.need")).fill("lyhyt");
  await page.getByRole("button", { name: fi("client.reveal") }).click();
  await page.getByText(fi("field.too_short")).waitFor();
  await page.getByLabel(fi("client.need")).fill("Kotikäynti on sovittu huomiseksi.");
  await page.getByRole("button", { name: fi("client.reveal") }).click();
  await page.getByText(fi("client.municipality")).waitFor();
  await unprotect.click();
  await unprotect.click();
  await protect.waitFor();
  await page.locator(".thread-card a").first().click();
  await page.locator(".message").first().waitFor();
  await page.getByRole("link", { name: fi("client.card") }).click();
  await page.getByRole("heading", { name: "Aino Kemppainen", level: 1 }).waitFor();
  unharmed();
  await context.close();
});

test("break-glass shows in red, and the client reads who did it and why", async () => {
  const client = await openWindow(browser, "citizen");
  const timo = client.page;
  await signIn(timo, "Timo Leinonen");
  const code = identityCode(await ownData(timo), true);

  const { context, page, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await search(page, code);
  await page.getByRole("heading", { name: fi("emergency.title") }).waitFor();
  await checkPage(page, "a client who was not found");
  await page.getByLabel(fi("emergency.reason")).fill("kiire");
  await page.getByRole("button", { name: fi("emergency.open") }).click();
  await page.getByText(fi("field.too_short")).waitFor();
  await page.getByLabel(fi("emergency.reason")).fill(REASON);
  await page.getByRole("button", { name: fi("emergency.open") }).click();
  await page.getByRole("heading", { name: "Timo Leinonen", level: 1 }).waitFor();
  const bar = page.getByRole("region", { name: fi("emergency.bar") });
  await bar.getByText("Timo Leinonen").waitFor();
  await bar.getByText(fi("emergency.left", { minutes: "60" })).waitFor();
  await page.locator("[data-emergency=true]").waitFor();
  await checkPage(page, "a card opened by break-glass");
  await page.locator(".thread-card a").first().click();
  await page.locator(".message").first().waitFor();
  await page.getByText(fi("client.read_only")).waitFor();
  assert.equal(await page.getByLabel(fi("inbox.reply")).count(), 0);
  await checkPage(page, "a thread read by break-glass");
  await page.getByRole("navigation", { name: fi("shell.navigation") }).getByRole("link", { name: fi("nav.messages") }).click();
  await page.getByRole("region", { name: fi("inbox.threads") }).getByRole("link").first().waitFor();
  await bar.waitFor();
  await checkPage(page, "the inbox under the red bar");

  await openMyData(timo, "care.title");
  await timo.getByText(REASON).waitFor();
  await timo.getByRole("heading", { name: fi("care.emergency_title") }).waitFor();
  await checkPage(timo, "an open break-glass access, as the client sees it");

  await bar.getByRole("button", { name: fi("acting.end") }).click();
  await bar.waitFor({ state: "detached" });
  await timo.reload();
  await timo.getByRole("heading", { name: fi("care.units") }).waitFor();
  await timo.waitForLoadState("networkidle");
  assert.equal(await timo.getByText(REASON).count(), 0, "it is over");

  const officer = await openWindow(browser, "professional", { width: 320, height: 640 });
  await signIn(officer.page, "Kaisa Rusanen");
  await officer.page.getByRole("link", { name: fi("nav.privacy") }).click();
  await officer.page.getByText(REASON).waitFor();
  await checkPage(officer.page, "break-glass accesses on a phone");
  unharmed();
  client.unharmed();
  officer.unharmed();
  await officer.context.close();
  await context.close();
  await client.context.close();
});
