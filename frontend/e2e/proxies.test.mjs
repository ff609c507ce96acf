// Acting for another: given by a code, used, seen by both, ended; and what a young person hides from a guardian.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkPage, eventually, fi, openBrowser, openMyData, openWindow, signIn } from "./browser.mjs";

const MARK = Date.now();
const TEXT = `Kirjoitan isäni puolesta, ${MARK}.`;

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

async function useCode(page, code) {
  await page.getByLabel(fi("represented.code"), { exact: true }).fill(code);
  await page.getByRole("button", { name: fi("represented.use_code") }).click();
}

/** Goes over to the matters of somebody. */
async function actFor(page, name) {
  const card = page.getByRole("listitem").filter({ hasText: name });
  await card.getByRole("button", { name: fi("acting.begin") }).click();
  await page.getByRole("region", { name: fi("acting.bar_label") }).getByText(fi("acting.bar", { name })).waitFor();
}

test("a right is given by a code, used with both names, and ended", async () => {
  const giver = await openWindow(browser, "citizen");
  const taker = await openWindow(browser, "citizen");
  const [timo, birgitta] = [giver.page, taker.page];
  await signIn(timo, "Timo Leinonen");
  await birgitta.locator("button[lang=fi]").click();
  await signIn(birgitta, "Birgitta Lindholm");

  // Timo makes a code.
  await openMyData(timo, "proxies.title");
  await timo.getByLabel(fi("scope.messages")).uncheck();
  await timo.getByRole("button", { name: fi("proxies.make_code") }).click();
  await timo.getByText(fi("scope.missing")).waitFor();
  await checkPage(timo, "an invitation without a choice");
  await timo.getByLabel(fi("scope.messages")).check();
  await timo.getByRole("button", { name: fi("proxies.make_code") }).click();
  const code = await timo.locator(".code").innerText();
  assert.match(code, /^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  await checkPage(timo, "the code");

  // Birgitta mistypes it, then takes it, in small letters.
  await openMyData(birgitta, "represented.title");
  await useCode(birgitta, "ABCD-EFGH-2345");
  await birgitta.getByText(fi("represented.code_wrong")).waitFor();
  await checkPage(birgitta, "a wrong code");
  await useCode(birgitta, code.toLowerCase());
  await birgitta.getByText(fi("represented.taken")).waitFor();
  await actFor(birgitta, "Timo Leinonen");
  await birgitta.getByRole("heading", { name: fi("acting.front", { name: "Timo Leinonen" }), level: 1 }).waitFor();
  await checkPage(birgitta, "the front page of whom one acts for");
  const navigation = birgitta.getByRole("navigation", { name: fi("shell.navigation") });
  assert.equal(await navigation.getByRole("link", { name: fi("nav.my_data") }).count(), 0, "his own business");

  // She writes; it stays over a reload; both names stand by it.
  await birgitta.reload();
  await birgitta.getByRole("region", { name: fi("acting.bar_label") }).waitFor();
  await navigation.getByRole("link", { name: fi("nav.messages") }).click();
  await birgitta.locator("main a[href^='/viestit/0']").first().click();
  await birgitta.getByLabel(fi("thread.reply")).fill(TEXT);
  await birgitta.getByRole("button", { name: fi("messages.send") }).click();
  const names = fi("message.by_proxy", { proxy: "Birgitta Lindholm", name: "Timo Leinonen" });
  await birgitta.locator(".message", { hasText: TEXT }).getByText(names).waitFor();
  await checkPage(birgitta, "a conversation for another");
  const address = birgitta.url();
  await timo.goto(address);
  await timo.locator(".message", { hasText: TEXT }).getByText(names).waitFor();

  // Another's business is refused in words that say why.
  await birgitta.goto("/omat-tiedot/kaytto");
  await birgitta.getByText(fi("error.outside_mandate")).first().waitFor();

  // Timo pauses and ends it; Birgitta is told.
  await openMyData(timo, "proxies.title");
  const card = timo.getByRole("listitem").filter({ hasText: "Birgitta Lindholm" });
  await card.getByRole("button", { name: fi("proxies.pause") }).click();
  await card.getByText(fi("proxies.paused"), { exact: true }).waitFor();
  await card.getByRole("button", { name: fi("proxies.end"), exact: true }).click();
  await checkPage(timo, "asking whether to end a right");
  await card.getByRole("button", { name: fi("proxies.end_confirm") }).click();
  await card.waitFor({ state: "detached" });
  await birgitta.reload();
  await birgitta.getByRole("heading", { name: fi("acting.over_title") }).waitFor();
  await checkPage(birgitta, "a right that has ended");
  await birgitta.getByRole("button", { name: fi("acting.to_own") }).click();
  await birgitta.getByRole("heading", { name: fi("front.greeting", { name: "Birgitta" }) }).waitFor();
  giver.unharmed();
  taker.unharmed();
  await giver.context.close();
  await taker.context.close();
});

test("signing out ends acting for another", async () => {
  const { context, page, unharmed } = await openWindow(browser, "citizen");
  await signIn(page, "Matti Kemppainen");
  await openMyData(page, "represented.title");
  await actFor(page, "Aino Kemppainen");
  await page.getByRole("button", { name: fi("session.sign_out") }).click();
  await signIn(page, "Matti Kemppainen");
  await page.getByRole("heading", { name: fi("front.greeting", { name: "Matti" }) }).waitFor();
  unharmed();
  await context.close();
});

test("a young person hides a matter from a guardian, and the mother of a small child sees all", async () => {
  const eetu = await openWindow(browser, "citizen");
  await signIn(eetu.page, "Eetu Leinonen");
  await eetu.page.getByRole("navigation", { name: fi("shell.navigation") }).getByRole("link", { name: fi("nav.messages") }).click();
  await eetu.page.locator("main a[href^='/viestit/0']").first().click();
  await eetu.page.getByText(fi("thread.seen_by")).click();
  await eetu.page.getByRole("button", { name: fi("thread.hide") }).click();
  await eetu.page.getByText(fi("thread.hidden"), { exact: true }).waitFor();
  await checkPage(eetu.page, "a hidden thread");
  const address = eetu.page.url();

  const timo = await openWindow(browser, "citizen");
  await signIn(timo.page, "Timo Leinonen");
  await openMyData(timo.page, "represented.title");
  await actFor(timo.page, "Eetu Leinonen");
  await timo.page.goto(address);
  await timo.page.getByText(fi("error.not_found")).waitFor();
  await eetu.page.getByRole("button", { name: fi("thread.show") }).click();
  await eetu.page.getByRole("button", { name: fi("thread.hide") }).waitFor();
  await timo.page.reload();
  await timo.page.locator(".message").first().waitFor();
  await eventually(() => timo.page.getByText(fi("thread.seen_by")).count(), 0, "only the person hides");
  eetu.unharmed();
  timo.unharmed();
  await eetu.context.close();
  await timo.context.close();

  const emma = await openWindow(browser, "citizen", { width: 320, height: 640 });
  await signIn(emma.page, "Emma Karjalainen");
  await openMyData(emma.page, "represented.title");
  await actFor(emma.page, "Venla Karjalainen");
  await openMyData(emma.page, "care.title");
  await emma.page.getByText("Emma Karjalainen").last().waitFor();
  await checkPage(emma.page, "who sees a child's data, on a phone");
  await emma.page.getByRole("button", { name: fi("acting.end") }).click();
  await emma.page.getByRole("heading", { name: fi("front.greeting", { name: "Emma" }) }).waitFor();
  emma.unharmed();
  await emma.context.close();
});
