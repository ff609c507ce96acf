// Taking, forwarding, noting, understanding, ending: several people at one matter, each seeing what the others do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, eventually, fi, openBrowser, openWindow, signIn, takePicture, texts, writeTo } from "./browser.mjs";

const UNIT = "Terveysaseman vastaanotto, Kuhmo";
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

const threads = (page) => page.getByRole("region", { name: fi("inbox.threads") });

async function open(page, words) {
  await threads(page).getByRole("listitem").filter({ hasText: words }).getByRole("link").click();
  await page.locator(".message", { hasText: words }).waitFor();
}

test("one takes a matter, a colleague is told, an instruction is not understood, and the matter ends", async () => {
  const words = "Lääkkeeni on loppumassa, apua";
  const citizen = await openWindow(browser, "citizen", { width: 390, height: 844 });
  const first = await openWindow(browser, "professional");
  const second = await openWindow(browser, "professional");
  const [aino, hanna, other] = [citizen.page, first.page, second.page];
  await signIn(aino, "Aino Kemppainen");
  await signIn(hanna, "Hanna Huotari");
  await signIn(other, "Antti Väisänen");
  await other.getByRole("link", { name: UNIT }).click();
  await writeTo(aino, UNIT, words);
  await aino.getByText(fi("message.not_opened")).first().waitFor();

  await open(hanna, words);
  await aino.getByText(fi("message.opened")).first().waitFor();
  await open(other, words);
  await hanna.getByRole("button", { name: fi("take"), exact: true }).click();
  await hanna.getByText(fi("holder.you")).first().waitFor();
  await other.getByText(fi("holder.name", { name: "Hanna Huotari" })).waitFor();
  assert.equal(await other.getByLabel(fi("inbox.reply")).count(), 0, "who does not have it does not answer");
  await checkPage(other, "a matter that a colleague has");
  await takePicture(other, "handling-taken-by-colleague");

  await hanna.getByLabel(fi("inbox.reply")).pressSequentially("Ota lääke");
  await other.getByText(fi("typing.name", { name: "Hanna Huotari" })).waitFor();
  await hanna.getByRole("button", { name: fi("instruction.add") }).click();
  await hanna.getByLabel(fi("instruction.number", { number: 1 })).fill("Ota kaksi tablettia aamulla");
  await hanna.getByText(fi("notes"), { exact: true }).click();
  await hanna.getByLabel(fi("note.new")).fill("Tarkista annos lääkäriltä");
  await hanna.getByRole("button", { name: fi("note.keep") }).click();
  await hanna.locator(".notes").getByText("Tarkista annos").waitFor();
  await checkPage(hanna, "a matter one has");
  await takePicture(hanna, "handling-own");
  await hanna.getByLabel(fi("inbox.reply")).press("Control+Enter");

  await aino.getByText("Ota kaksi tablettia aamulla").waitFor();
  for (const language of LANGUAGES) {
    await aino.locator(`button[lang=${language}]`).click();
    await aino.getByRole("button", { name: texts[language]["instruction.i_did_not"] }).waitFor();
    await checkPage(aino, `an instruction in ${language}`);
    await aino.getByText("Ota kaksi tablettia aamulla").scrollIntoViewIfNeeded();
    await takePicture(aino, `instruction-${language}`);
  }
  await aino.locator("button[lang=fi]").click();
  assert.equal(await aino.getByText("Tarkista annos").count(), 0, "notes are not for citizens");
  await aino.getByRole("button", { name: fi("instruction.i_did_not") }).click();
  await threads(hanna).getByRole("listitem").filter({ hasText: fi("row.raised") }).first().waitFor();
  await hanna.locator(".message").getByText(fi("instruction.not_understood")).waitFor();

  await aino.getByRole("button", { name: fi("thread.end"), exact: true }).click();
  await aino.getByRole("button", { name: fi("thread.end_confirm"), exact: true }).click();
  await aino.getByRole("button", { name: fi("thread.reopen") }).waitFor();
  await hanna.getByRole("button", { name: fi("reopen") }).waitFor();
  await aino.getByRole("button", { name: fi("thread.reopen") }).click();
  await aino.getByRole("button", { name: fi("thread.end"), exact: true }).waitFor();
  for (const window of [citizen, first, second]) { window.unharmed(); await window.context.close(); }
});

test("a matter goes to another unit and back, and the citizen sees the way", async () => {
  const words = "Tämä asia on väärässä paikassa";
  const citizen = await openWindow(browser, "citizen");
  const here = await openWindow(browser, "professional");
  const there = await openWindow(browser, "professional");
  const [aino, hanna, olli] = [citizen.page, here.page, there.page];
  await signIn(aino, "Aino Kemppainen");
  await signIn(hanna, "Hanna Huotari");
  await signIn(olli, "Katja Tolonen");
  await writeTo(aino, UNIT, words);
  await open(hanna, words);
  await hanna.getByRole("button", { name: fi("forward"), exact: true }).click();
  await hanna.getByRole("button", { name: fi("forward.send") }).click();
  await hanna.getByText(fi("field.required")).first().waitFor();
  await checkPage(hanna, "forwarding with errors");
  const unit = await olli.locator(".unit-bar h1").innerText();
  await hanna.getByLabel(fi("forward.unit")).selectOption({ label: unit });
  await hanna.getByLabel(fi("forward.reason"), { exact: true }).fill("Asia kuuluu teille");
  await takePicture(hanna, "forwarding");
  await hanna.getByRole("button", { name: fi("forward.send") }).click();
  await hanna.getByText(fi("inbox.elsewhere", { unit })).waitFor();
  await takePicture(hanna, "forwarded");
  await aino.getByText(fi("transfer.forward", { from: UNIT, to: unit })).waitFor();
  await takePicture(aino, "transfer-citizen");

  await open(olli, words);
  await takePicture(olli, "forwarded-to-us");
  await olli.getByRole("button", { name: fi("return"), exact: true }).click();
  await olli.getByLabel(fi("return.reason")).fill("Asia kuuluu sittenkin teille");
  await olli.getByRole("button", { name: fi("return.send") }).click();
  await aino.getByText(fi("transfer.return", { from: unit, to: UNIT })).waitFor();
  await hanna.getByRole("button", { name: fi("take"), exact: true }).waitFor();
  await threads(hanna).getByRole("button", { name: fi("filter.forwarded") }).click();
  await threads(hanna).getByRole("listitem").filter({ hasText: words }).waitFor();
  await takePicture(hanna, "inbox-filtered");
  for (const window of [citizen, here, there]) { window.unharmed(); await window.context.close(); }
});

test("the inbox is worked through by the keyboard", async () => {
  const words = "Näppäimillä hoidettava asia";
  const citizen = await openWindow(browser, "citizen");
  await signIn(citizen.page, "Aino Kemppainen");
  await writeTo(citizen.page, UNIT, words);
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  const rows = threads(page).locator(".inbox > li");
  await rows.first().waitFor();
  // The keys come a moment after the rows.
  await page.locator("dialog.shortcuts").waitFor({ state: "attached" });
  await page.keyboard.press("?");
  await page.getByRole("heading", { name: fi("shortcuts") }).waitFor();
  await checkPage(page, "the list of keys");
  await takePicture(page, "shortcuts");
  await page.keyboard.press("Escape");
  for (const [key, place] of [["j", 0], ["j", 1], ["k", 0]]) {
    await page.keyboard.press(key);
    await eventually(() => rows.nth(place).locator("[aria-current=true]").count(), 1, `row ${place} is open`);
  }
  await page.getByRole("button", { name: fi("filter.free"), exact: true }).click();
  await rows.filter({ hasText: words }).getByRole("link").click();
  await page.locator(".message", { hasText: words }).waitFor();
  await page.locator(".message", { hasText: words }).click();
  await page.keyboard.press("t");
  await page.getByText(fi("holder.you")).first().waitFor();
  await page.keyboard.press("r");
  await page.keyboard.type("tj?");
  assert.equal(await page.getByLabel(fi("inbox.reply")).inputValue(), "tj?", "in a field keys are letters");
  unharmed();
  await context.close();
  await citizen.context.close();
});
