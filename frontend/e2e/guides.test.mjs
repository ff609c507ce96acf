// Guides: a lead writes one and publishes it, a colleague attaches it to an answer, the citizen opens it from there, and somebody who
// is not signed in finds it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, eventually, fi, openBrowser, openWindow, signIn, takePicture, texts, writeTo } from "./browser.mjs";

const UNIT = "Terveysaseman vastaanotto, Kajaani";
const MARK = `${Date.now()}`;
const TITLE = `Nivelen tukeminen ${MARK}`;
const WORDS = `Nyrjäytin nilkkani ${MARK}`;
const WIDTHS = [320, 1280];

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

const dialog = (page) => page.getByRole("dialog", { name: fi("links.attach") });
const field = (page) => page.getByLabel(fi("inbox.reply"));
const fieldsIn = (page, language) => page.getByRole("group", { name: fi(`template.in_${language}`), exact: true });

/** The page in each language and at each width, looked at. */
async function inEachLanguage(page, name, show = async () => {}) {
  for (const language of LANGUAGES) {
    // A dialog that is open covers the languages.
    await page.keyboard.press("Escape");
    await page.locator(`button[lang=${language}]`).click();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      await show(language);
      await checkPage(page, `${name} in ${language} at ${width} px`);
      await takePicture(page, `${name}-${language}-${width}`);
    }
  }
  await page.keyboard.press("Escape");
  await page.locator("button[lang=fi]").click();
}

async function openThread(page, words) {
  await page.getByRole("region", { name: fi("inbox.threads") }).getByRole("listitem").filter({ hasText: words }).getByRole("link").click();
  await page.locator(".message", { hasText: words }).waitFor();
}

test("a lead writes a guide, sees it as it will be, and publishes it", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Riitta Juntunen");
  await page.getByRole("link", { name: fi("nav.unit_settings") }).click();
  await page.getByRole("link", { name: UNIT }).click();
  await page.getByRole("heading", { name: fi("guide.unit") }).scrollIntoViewIfNeeded();
  await inEachLanguage(page, "guides-of-unit", async (language) => {
    await page.getByRole("heading", { name: texts[language]["guide.unit"] }).scrollIntoViewIfNeeded();
  });
  await page.getByRole("link", { name: fi("guide.add") }).click();
  await page.getByRole("heading", { name: fi("guide.new"), level: 1 }).waitFor();

  // What is missing is told at the field.
  await page.getByRole("button", { name: fi("guide.save"), exact: true }).click();
  await page.getByText(fi("field.required")).first().waitFor();
  await fieldsIn(page, "fi").getByLabel(fi("template.title")).fill(TITLE);
  await fieldsIn(page, "fi").getByLabel(fi("template.body")).fill("Tue nivel heti.\n\n# Näin teet\n1. Lepää.\n2. Kohota jalka.\n\n- Älä venytä.\n- <b>Älä hiero.</b>");
  await fieldsIn(page, "fi").getByLabel(fi("guide.words")).fill("nyrjähdys, nilkka");
  await page.getByLabel(fi("guide.source_url")).fill("http://example.com");
  await page.getByRole("button", { name: fi("guide.save"), exact: true }).click();
  await page.getByText(fi("guide.source_invalid")).waitFor();
  await page.getByLabel(fi("guide.source_name"), { exact: true }).fill("Esimerkki");
  await page.getByLabel(fi("guide.source_url")).fill("https://www.example.com/nivelet");

  const preview = page.locator(".guide-preview");
  await preview.getByRole("heading", { name: "Näin teet" }).waitFor();
  assert.deepEqual(await preview.locator("ol > li").allInnerTexts(), ["Lepää.", "Kohota jalka."]);
  assert.deepEqual(await preview.locator("ul > li").allInnerTexts(), ["Älä venytä.", "<b>Älä hiero.</b>"], "what looks like markup is text");
  await page.getByText(fi("guide.partly", { there: "suomi", missing: "ruotsi, englanti" })).waitFor();

  await page.getByRole("button", { name: fi("guide.save"), exact: true }).click();
  await page.getByText(fi("guide.draft"), { exact: true }).waitFor();
  await page.getByRole("heading", { name: TITLE, level: 1 }).waitFor();
  await inEachLanguage(page, "guides-editor", async (language) => {
    await page.getByRole("heading", { name: texts[language]["guide.preview"] }).scrollIntoViewIfNeeded();
  });
  const address = page.url();
  const id = address.split("/").pop();

  // Nobody else sees a draft.
  const outside = await openWindow(browser, "citizen");
  await outside.page.goto(`/ohjeet/${id}`);
  await outside.page.locator("main").getByText(fi("error.not_found")).waitFor();
  await takePicture(outside.page, "guides-not-found");
  await outside.context.close();

  await page.getByRole("button", { name: fi("guide.publish") }).press("Enter");
  await page.getByText(fi("guide.published"), { exact: true }).waitFor();
  await page.getByRole("link", { name: fi("guide.unit") }).click();
  await page.getByRole("link", { name: TITLE }).waitFor();
  unharmed();
  await context.close();
});

test("a colleague attaches it to an answer by the keyboard, and the citizen opens it from there", async () => {
  const citizen = await openWindow(browser, "citizen", { width: 390, height: 844 });
  const desk = await openWindow(browser, "professional");
  const [birgitta, antti] = [citizen.page, desk.page];
  await birgitta.locator("button[lang=fi]").click();
  await signIn(birgitta, "Birgitta Lindholm");
  await writeTo(birgitta, UNIT, WORDS);
  await signIn(antti, "Antti Väisänen");
  await antti.getByRole("link", { name: UNIT }).click();
  await openThread(antti, WORDS);

  await field(antti).fill("Lue tämä ohje.");
  await antti.locator(".part-title").focus();
  await antti.locator("dialog.shortcuts").waitFor({ state: "attached" });
  await antti.keyboard.press("g");
  await dialog(antti).getByText(TITLE).waitFor();
  await inEachLanguage(antti, "guides-choosing", async (language) => {
    const shown = antti.getByRole("dialog", { name: texts[language]["links.attach"] });
    if (!(await shown.isVisible())) await antti.getByRole("button", { name: texts[language]["links.attach"] }).click();
    await shown.getByRole("listitem").first().waitFor();
  });
  await antti.getByRole("button", { name: fi("links.attach") }).press("Enter");
  await dialog(antti).getByLabel(fi("links.search")).fill("eilöydy");
  await dialog(antti).getByText(fi("guides.none_found")).waitFor();
  await dialog(antti).getByLabel(fi("links.search")).fill(`nilkkaan ${MARK}`);
  await dialog(antti).getByText(fi("guides.count", { count: 1 })).waitFor();
  await dialog(antti).getByText(fi("guides.lacks", { language: fi("language.sv") })).waitFor();
  await antti.keyboard.press("ArrowDown");
  await eventually(() => antti.evaluate(() => document.activeElement.className), "template-choice", "the arrow goes to the list");
  await antti.keyboard.press("Enter");
  const chosen = antti.getByRole("list", { name: fi("links.chosen") });
  await chosen.getByText(TITLE).waitFor();
  assert.ok(await field(antti).evaluate((element) => element === document.activeElement), "writing goes on in the field");

  // It can be taken out, and put in again.
  await chosen.getByRole("button", { name: `${fi("links.remove")}: ${TITLE}` }).click();
  await chosen.waitFor({ state: "hidden" });
  await antti.getByRole("button", { name: fi("links.attach") }).click();
  await dialog(antti).getByLabel(fi("links.search")).fill(MARK);
  await dialog(antti).getByText(fi("guides.count", { count: 1 })).waitFor();
  await dialog(antti).getByLabel(fi("links.search")).press("Enter");
  await chosen.getByText(TITLE).waitFor();
  assert.equal(await field(antti).inputValue(), "Lue tämä ohje.");
  await inEachLanguage(antti, "guides-answer", async (language) => {
    await antti.getByRole("button", { name: texts[language]["messages.send"] }).scrollIntoViewIfNeeded();
  });
  await field(antti).press("Control+Enter");
  await antti.locator(".message", { hasText: "Lue tämä ohje." }).getByText(TITLE).waitFor();
  await chosen.waitFor({ state: "hidden" });

  const card = birgitta.locator(".message", { hasText: "Lue tämä ohje." }).getByRole("listitem");
  await card.getByText(TITLE).waitFor();
  await inEachLanguage(birgitta, "guides-message", async () => { await card.scrollIntoViewIfNeeded(); });
  await card.getByRole("link", { name: fi("links.open_guide") }).press("Enter");
  await birgitta.getByRole("heading", { name: TITLE, level: 1 }).waitFor();
  await birgitta.getByText(fi("guides.kept_by", { unit: UNIT })).waitFor();
  await inEachLanguage(birgitta, "guides-guide");
  // She is told that it is not in her language.
  await birgitta.locator("button[lang=sv]").click();
  await birgitta.getByText(texts.sv["guides.other_language"]).waitFor();
  assert.equal(await birgitta.locator(".guide-text").getAttribute("lang"), "fi");
  await birgitta.locator("button[lang=fi]").click();
  await birgitta.goBack();
  await card.getByText(TITLE).waitFor();
  for (const window of [citizen, desk]) { window.unharmed(); await window.context.close(); }
});

test("somebody who is not signed in finds it by words, reads it and prints it", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen");
  await page.getByRole("link", { name: fi("sign_in.guides") }).click();
  await page.getByRole("heading", { name: fi("nav.guides"), level: 1 }).waitFor();
  await page.getByRole("link", { name: "Milloin hakea apua" }).waitFor();
  await inEachLanguage(page, "guides-list");
  const search = page.getByLabel(fi("guides.search"));
  await search.fill("eilöydy");
  await page.getByText(fi("guides.none_found")).waitFor();
  await takePicture(page, "guides-none-found");
  await search.fill(`nilkka ${MARK}`);
  await page.getByText(fi("guides.count", { count: 1 })).waitFor();
  assert.doesNotMatch(page.url(), /nilkka/, "what one looks for stands in no address");
  await page.getByRole("link", { name: TITLE }).click();
  await page.getByRole("heading", { name: "Näin teet", level: 2 }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Esimerkki" }).getAttribute("href"), "https://www.example.com/nivelet");
  await page.emulateMedia({ media: "print" });
  for (const hidden of [".top", ".footer", ".back", ".guide-print"]) {
    assert.equal(await page.locator(hidden).isVisible(), false, `${hidden} is not printed`);
  }
  await takePicture(page, "guides-printed");
  await page.emulateMedia({ media: "screen" });

  // One that is there in three languages is read in the chosen one.
  await page.goto("/ohjeet");
  await page.getByRole("link", { name: "Verenpaineen mittaaminen kotona" }).click();
  await page.getByRole("heading", { name: "Näin mittaat" }).waitFor();
  await inEachLanguage(page, "guides-whole");
  await page.locator("button[lang=en]").click();
  await page.getByRole("heading", { name: "Measuring blood pressure at home", level: 1 }).waitFor();
  unharmed();
  await context.close();
});

test("a guide that is retired opens from the old message, and says so", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Riitta Juntunen");
  await page.getByRole("link", { name: fi("nav.unit_settings") }).click();
  await page.getByRole("link", { name: UNIT }).click();
  await page.getByRole("link", { name: TITLE }).click();
  await page.getByRole("button", { name: fi("guide.retire") }).click();
  await page.getByText(fi("guide.retire_question")).waitFor();
  await takePicture(page, "guides-retiring");
  await page.getByRole("button", { name: fi("guide.retire") }).click();
  await page.getByText(fi("guide.retired"), { exact: true }).waitFor();

  const citizen = await openWindow(browser, "citizen");
  await citizen.page.locator("button[lang=fi]").click();
  await signIn(citizen.page, "Birgitta Lindholm");
  await citizen.page.goto("/viestit");
  await citizen.page.getByRole("listitem").filter({ hasText: "Lue tämä ohje." }).first().getByRole("link").click();
  const card = citizen.page.locator(".message", { hasText: "Lue tämä ohje." }).last().getByRole("listitem");
  await card.getByText(fi("guides.retired_short")).waitFor();
  await card.getByRole("link").click();
  await citizen.page.getByText(fi("guides.retired")).waitFor();
  await inEachLanguage(citizen.page, "guides-retired");
  await citizen.page.goto("/ohjeet");
  await citizen.page.getByRole("link", { name: "Milloin hakea apua" }).waitFor();
  assert.equal(await citizen.page.getByRole("link", { name: TITLE }).count(), 0, "it is in no list");
  for (const window of [citizen]) { window.unharmed(); await window.context.close(); }
  unharmed();
  await context.close();
});
