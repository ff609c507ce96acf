// What makes a Finnish answer hard to read is told while it is written, quietly, and never stops it from being sent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, fi, openBrowser, openWindow, signIn, takePicture, texts, writeTo } from "./browser.mjs";

const UNIT = "Terveysaseman vastaanotto, Kuhmo";
const MARK = `${Date.now()}`;
const ANSWER = `Mittaa RR aamulla ja illalla neljänä peräkkäisenä päivänä ennen lääkkeen ottamista ja lähetä sitten kaikki lukemat meille. (${MARK})`;

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

async function openThread(page, words) {
  await page.getByRole("region", { name: fi("inbox.threads") }).getByRole("listitem").filter({ hasText: words }).getByRole("link").click();
  await page.locator(".message", { hasText: words }).waitFor();
}

test("long sentences and abbreviations are told to who writes Finnish, and the message goes all the same", async () => {
  const words = `Verenpaineeni on noussut ${MARK}`;
  const citizen = await openWindow(browser, "citizen");
  await signIn(citizen.page, "Aino Kemppainen");
  await writeTo(citizen.page, UNIT, words);
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await openThread(page, words);
  const field = page.getByLabel(fi("inbox.reply"));
  const told = page.locator("details.clarity");

  await field.fill("Hei Aino! Mittaa verenpaine aamulla.");
  await page.waitForTimeout(1_500);
  assert.ok(!(await told.isVisible()), "nothing is told of a plain text");
  await field.fill(ANSWER);
  await told.getByText(fi("clarity.many", { count: 2 })).waitFor();
  await told.locator("summary").press("Enter");
  await told.getByText(fi("clarity.sentence", { words: 17 })).waitFor();
  await told.getByText(fi("clarity.abbreviation_known", { plain: "verenpaine" })).waitFor();
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).click();
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await told.getByText(texts[language]["clarity.note"]).waitFor();
      await told.scrollIntoViewIfNeeded();
      await checkPage(page, `remarks on an answer in ${language} at ${width} px`);
      await takePicture(page, `clarity-${language}-${width}`);
    }
  }
  await page.locator("button[lang=fi]").click();
  assert.ok(await told.evaluate((element) => element.open), "what was opened stays open");

  await field.press("Control+Enter");
  await citizen.page.locator(".message", { hasText: MARK }).nth(1).waitFor();
  await told.waitFor({ state: "hidden" });
  for (const window of [citizen, { context, unharmed }]) { window.unharmed(); await window.context.close(); }
});

test("what is written to somebody in Swedish is not read through", async () => {
  const unit = "Terveysaseman vastaanotto, Kajaani";
  const words = `Mitt blodtryck ${MARK}`;
  const citizen = await openWindow(browser, "citizen");
  await citizen.page.locator("button[lang=fi]").click();
  await signIn(citizen.page, "Birgitta Lindholm");
  await writeTo(citizen.page, unit, words);
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Antti Väisänen");
  await page.getByRole("link", { name: unit }).click();
  await openThread(page, words);
  await page.getByLabel(fi("inbox.reply")).fill(ANSWER);
  await page.waitForTimeout(1_500);
  assert.equal(await page.locator("details.clarity").count(), 0);
  await page.getByLabel(fi("inbox.reply")).fill("");
  for (const window of [citizen, { context, unharmed }]) { window.unharmed(); await window.context.close(); }
});
