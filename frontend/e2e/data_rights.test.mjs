// An administrator restricts the processing of a citizen's data, lifts it, and erases what no law keeps; everybody sees it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, fi, identityCode, openBrowser, openMyData, openWindow, ownData, signIn, takePicture } from "./browser.mjs";
import { freeAddress, startServer } from "./server.mjs";

let browser, server;
before(async () => {
  server = await startServer(await freeAddress(), { emergency_access_minutes: "45" });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function open(app, name) {
  const window = await openWindow(browser, app, { baseURL: server.base });
  await window.page.locator("button[lang=fi]").click();
  await signIn(window.page, name);
  return window;
}

/** Both widths and all languages of what is on the page. */
async function everyLook(page, name) {
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).click();
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await checkPage(page, `${name} in ${language} at ${width} px`);
      await takePicture(page, `${name}-${language}-${width}`);
    }
  }
  await page.locator("button[lang=fi]").click();
}

async function search(page, code) {
  await page.getByLabel(fi("rights.code")).fill(code);
  await page.getByRole("button", { name: fi("clients.search") }).click();
  await page.locator("#found-title").waitFor();
}

test("a restriction is placed, seen and lifted, and then data is erased", { timeout: 300_000 }, async () => {
  const riitta = await open("professional", "Riitta Juntunen");
  const rows = riitta.page.getByRole("region", { name: fi("inbox.threads") });
  await rows.locator(".row").first().waitFor();

  const aino = await open("citizen", "Aino Kemppainen");
  const own = await ownData(aino.page);
  const code = identityCode(own, false);
  const jari = await open("professional", "Jari Mustonen");
  await jari.page.goto(`${server.base}/pro/rekisteri`);
  await jari.page.getByRole("link", { name: fi("rights.title") }).click();
  await search(jari.page, code);
  await jari.page.getByText(fi("rights.none_in_force")).waitFor();
  await jari.page.getByRole("button", { name: fi("rights.restrict"), exact: true }).click();
  await jari.page.getByText(fi("field.required")).waitFor();
  await jari.page.getByLabel(fi("rights.reason")).fill("Asiakas kiistää tietojen oikeellisuuden.");
  await jari.page.getByRole("button", { name: fi("rights.restrict"), exact: true }).click();
  await jari.page.getByRole("button", { name: fi("rights.lift"), exact: true }).waitFor();
  await jari.page.getByText(fi("rights.erasure_blocked")).waitFor();
  await everyLook(jari.page, "rights-restricted");

  await aino.page.goto(`${server.base}/omat-tiedot/nakyvyys`);
  await aino.page.getByText(fi("rights.own_in_force")).waitFor();
  await everyLook(aino.page, "rights-own-restricted");
  await aino.page.goto(`${server.base}/viestit`);
  await aino.page.locator("main a[href^='/viestit/0']").first().click();
  await aino.page.getByText(fi("thread.restricted")).waitFor();
  await checkPage(aino.page, "a restricted conversation of one's own");
  await takePicture(aino.page, "rights-own-thread");

  // Somebody whose unit has a matter of Aino's.
  const hanna = await open("professional", "Hanna Huotari");
  await hanna.page.goto(`${server.base}/pro/asiakkaat`);
  await hanna.page.getByLabel(fi("clients.code")).fill(code);
  await hanna.page.getByRole("button", { name: fi("clients.search") }).click();
  await hanna.page.getByText(fi("emergency.restricted_title")).waitFor();
  await hanna.page.getByText(fi("emergency.follows_time", { minutes: "45" })).waitFor();
  await everyLook(hanna.page, "rights-client");
  await hanna.page.setViewportSize({ width: 1280, height: 900 });
  let inbox;
  for (const link of await hanna.page.getByRole("navigation", { name: fi("shell.navigation") }).getByRole("link").all()) {
    if ((await link.getAttribute("href")) === "/pro/") await link.click();
  }
  await hanna.page.waitForLoadState("networkidle").catch(() => {});
  for (const address of await hanna.page.locator("a[href*='/pro/yksikot/']").evaluateAll((links) => links.map((link) => link.href))) {
    for (const part of ["", "?tila=vastatut"]) {
      await hanna.page.goto(address.split("?")[0] + part);
      await hanna.page.locator(".row").first().waitFor({ timeout: 5_000 }).catch(() => {});
      const row = hanna.page.locator(".row", { hasText: "Aino Kemppainen" });
      if (await row.count()) { inbox = row.first(); break; }
    }
    if (inbox) break;
  }
  assert.ok(inbox, "the matter still shows in the unit's inbox");
  await inbox.getByText(fi("inbox.restricted")).waitFor();
  await everyLook(hanna.page, "rights-inbox");
  await hanna.page.setViewportSize({ width: 1280, height: 900 });
  await inbox.getByRole("link").click();
  await hanna.page.getByText(fi("error.data_restricted")).waitFor();
  await checkPage(hanna.page, "a restricted conversation");
  await takePicture(hanna.page, "rights-inbox-open");

  await jari.page.setViewportSize({ width: 1280, height: 900 });
  await jari.page.getByLabel(fi("rights.reason")).fill("Tiedot on tarkistettu ja korjattu.");
  await jari.page.getByRole("button", { name: fi("rights.lift"), exact: true }).click();
  await jari.page.getByRole("button", { name: fi("rights.preview") }).click();
  await jari.page.getByRole("heading", { name: fi("rights.would_keep") }).waitFor();
  await jari.page.getByRole("button", { name: fi("rights.erase"), exact: true }).click();
  await jari.page.getByText(fi("rights.confirm_missing")).waitFor();
  await jari.page.getByRole("heading", { name: fi("rights.would_erase") }).scrollIntoViewIfNeeded();
  await everyLook(jari.page, "rights-preview");
  await jari.page.setViewportSize({ width: 1280, height: 900 });
  await jari.page.locator("#erasure-reason").fill("Asiakas pyysi tietojensa poistamista.");
  await jari.page.getByLabel(fi("rights.confirm")).check();
  await jari.page.getByRole("button", { name: fi("rights.erase"), exact: true }).click();
  await jari.page.getByText(fi("rights.was_erased"), { exact: true }).waitFor();
  await everyLook(jari.page, "rights-erased");

  await aino.page.reload();
  await aino.page.getByRole("heading", { name: fi("sign_in.title"), level: 1 }).waitFor();
  await signIn(aino.page, "Aino Kemppainen");
  assert.deepEqual((await ownData(aino.page)).contact, {}, "no contact details are left");
  await aino.page.goto(`${server.base}/viestit`);
  await aino.page.locator("main a[href^='/viestit/0']").first().waitFor();
  await openMyData(aino.page, "care.title");
  await aino.page.getByText(fi("rights.was_kept")).waitFor();
  await everyLook(aino.page, "rights-own-erased");

  const officer = await open("professional", "Kaisa Rusanen");
  await officer.page.goto(`${server.base}/pro/tietosuoja`);
  await officer.page.getByRole("link", { name: fi("rights.title") }).click();
  await search(officer.page, code);
  await officer.page.getByText(fi("rights.by", { name: "Jari Mustonen" })).first().waitFor();
  assert.equal(await officer.page.getByRole("button", { name: fi("rights.restrict"), exact: true }).count(), 0, "reading only");
  for (const window of [riitta, aino, jari, hanna, officer]) {
    window.unharmed();
    await window.context.close();
  }
});
