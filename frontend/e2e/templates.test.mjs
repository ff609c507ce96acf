// Reply templates: a lead writes one, a colleague begins an answer with it, and the citizen reads it in her language.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, eventually, fi, openBrowser, openWindow, signIn, takePicture, texts, writeTo } from "./browser.mjs";

const UNIT = "Terveysaseman vastaanotto, Kajaani";
const KUHMO = "Terveysaseman vastaanotto, Kuhmo";
const MARK = `${Date.now()}`;
const TITLE = `Verikoe ennen reseptiä ${MARK}`;
const WIDTHS = [320, 1280];

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

const dialog = (page) => page.getByRole("dialog", { name: fi("templates.choose") });
const field = (page) => page.getByLabel(fi("inbox.reply"));

async function openThread(page, words) {
  await page.getByRole("region", { name: fi("inbox.threads") }).getByRole("listitem").filter({ hasText: words }).getByRole("link").click();
  await page.locator(".message", { hasText: words }).waitFor();
}

/** The page in each language and at each width, looked at. */
async function inEachLanguage(page, name, show) {
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

async function writeTemplate(page, { title, body }, language) {
  const pair = page.locator("li.unit-topic").last().getByRole("group", { name: fi(`template.in_${language}`) });
  await pair.getByLabel(fi("template.title")).fill(title);
  await pair.getByLabel(fi("template.body")).fill(body);
  return pair;
}

test("a lead writes a template of the unit, with what is filled in put there by buttons", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Riitta Juntunen");
  await page.getByRole("link", { name: fi("nav.unit_settings") }).click();
  await page.getByRole("link", { name: UNIT }).click();
  await page.getByRole("heading", { name: fi("templates.unit") }).waitFor();
  await page.getByRole("button", { name: fi("template.add") }).press("Enter");
  const card = page.locator("li.unit-topic").last();

  // What is missing, and what does not exist, is told at the field.
  await card.getByRole("button", { name: fi("template.save") }).click();
  await card.getByText(fi("field.required")).first().waitFor();
  await writeTemplate(page, { title: TITLE, body: "Hei {asiakas}" }, "fi");
  await card.getByRole("button", { name: fi("template.save") }).click();
  await card.getByText(fi("template.unknown_variable")).waitFor();
  const finnish = await writeTemplate(page, { title: TITLE, body: "Hei !\nTarvitset verikokeen." }, "fi");
  const text = finnish.getByLabel(fi("template.body"));
  await text.press("Control+Home");
  for (let step = 0; step < 4; step += 1) await text.press("ArrowRight");
  await finnish.getByText(fi("template.variables")).click();
  await finnish.getByRole("button", { name: fi("variable.client_given_name") }).press("Enter");
  assert.equal(await text.inputValue(), "Hei {client_given_name}!\nTarvitset verikokeen.");
  const swedish = await writeTemplate(page, {
    title: `Blodprov före receptet ${MARK}`,
    body: "Hej {client_given_name}! Du behöver ett blodprov. Ring {unit_phone} före ____.\n\n{professional_name}, {unit_name}, {today}",
  }, "sv");
  await card.getByRole("button", { name: fi("template.save") }).click();
  await page.getByText(fi("template.saved")).waitFor();
  await swedish.getByText(fi("template.variables")).click();
  await inEachLanguage(page, "templates-unit", async () => {
    await card.scrollIntoViewIfNeeded();
  });

  await page.reload();
  await page.locator("li.unit-topic summary", { hasText: TITLE }).waitFor();
  unharmed();
  await context.close();
});

test("a colleague chooses it by the keyboard, and the citizen reads it in Swedish", async () => {
  const words = `Mitt recept tar slut ${MARK}`;
  const citizen = await openWindow(browser, "citizen", { width: 390, height: 844 });
  const desk = await openWindow(browser, "professional");
  const [birgitta, antti] = [citizen.page, desk.page];
  // Her own language is Swedish; what the journey reads is Finnish.
  await birgitta.locator("button[lang=fi]").click();
  await signIn(birgitta, "Birgitta Lindholm");
  await writeTo(birgitta, UNIT, words);
  await signIn(antti, "Antti Väisänen");
  await antti.getByRole("link", { name: UNIT }).click();
  await openThread(antti, words);

  await field(antti).fill("Hej!");
  await antti.locator(".part-title").focus();
  // The keys come a moment after the rows.
  await antti.locator("dialog.shortcuts").waitFor({ state: "attached" });
  await antti.keyboard.press("?");
  await antti.getByRole("dialog").getByText(fi("templates.choose")).waitFor();
  await antti.keyboard.press("Escape");
  await antti.keyboard.press("v");
  await dialog(antti).getByText(TITLE).waitFor();
  await inEachLanguage(antti, "templates-choosing", async (language) => {
    const shown = antti.getByRole("dialog", { name: texts[language]["templates.choose"] });
    if (!(await shown.isVisible())) await antti.getByRole("button", { name: texts[language]["templates.choose"] }).click();
    await shown.getByRole("listitem").first().waitFor();
  });
  await antti.getByRole("button", { name: fi("templates.choose") }).press("Enter");
  await dialog(antti).getByLabel(fi("templates.search")).fill("eilöydy");
  await dialog(antti).getByText(fi("templates.none_found")).waitFor();
  await dialog(antti).getByLabel(fi("templates.search")).fill(`verikoe ${MARK}`);
  await dialog(antti).getByText(fi("templates.count", { count: 1 })).waitFor();
  await antti.keyboard.press("ArrowDown");
  await eventually(() => antti.evaluate(() => document.activeElement.className), "template-choice", "the arrow goes to the list");
  await antti.keyboard.press("Enter");
  const value = await field(antti).inputValue();
  assert.match(value, /^Hej!\n\nHej Birgitta! Du behöver ett blodprov\. Ring 08 000 0101 före ____\.\n\nAntti Väisänen, Hälsostationens mottagning, Kajana, \d+ \p{L}+\.? \d{4}$/u);
  await antti.getByText(fi("templates.fill_blanks")).waitFor();
  assert.ok(await field(antti).evaluate((element) => element === document.activeElement), "writing goes on in the field");

  // It can be undone, and is then as it was.
  await antti.keyboard.press("Control+z");
  assert.equal(await field(antti).inputValue(), "Hej!");
  await antti.keyboard.press("Control+Shift+z");
  assert.equal(await field(antti).inputValue(), value);
  await field(antti).fill(value.replace("____", "fredag"));
  await antti.getByText(fi("templates.fill_blanks")).waitFor({ state: "hidden" });
  await checkPage(antti, "an answer begun with a template");
  await takePicture(antti, "templates-answer");
  await field(antti).press("Control+Enter");
  await birgitta.locator(".message", { hasText: "Ring 08 000 0101 före fredag." }).waitFor();
  assert.ok((await birgitta.locator(".message").last().innerText()).includes("Hej Birgitta! Du behöver ett blodprov."));
  for (const window of [citizen, desk]) { window.unharmed(); await window.context.close(); }
});

test("one's own templates are one's own, and one without the citizen's language says so", async () => {
  const own = `Oma pohja ${MARK}`;
  const words = `Minun reseptini ${MARK}`;
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Antti Väisänen");
  await page.getByRole("link", { name: fi("nav.account") }).click();
  await page.getByRole("heading", { name: fi("templates.own") }).waitFor();
  await page.getByRole("button", { name: fi("template.add") }).click();
  await writeTemplate(page, { title: own, body: "Hej {client_name}" }, "sv");
  await page.getByRole("button", { name: fi("template.save") }).click();
  await page.getByText(fi("template.saved")).waitFor();
  await inEachLanguage(page, "templates-own", async () => {});

  const citizen = await openWindow(browser, "citizen");
  await signIn(citizen.page, "Aino Kemppainen");
  await writeTo(citizen.page, KUHMO, words);
  await page.goto("/pro/");
  await page.getByRole("link", { name: KUHMO }).click();
  await openThread(page, words);
  await page.getByRole("button", { name: fi("templates.choose") }).click();
  await dialog(page).getByRole("button", { name: own }).getByText(fi("templates.text_language", { language: fi("language.sv") })).waitFor();
  await dialog(page).getByRole("button", { name: own }).click();
  assert.equal(await field(page).inputValue(), "Hej Aino Kemppainen");
  await page.getByText(fi("templates.other_language", { wanted: fi("language.fi"), used: fi("language.sv") })).waitFor();
  await inEachLanguage(page, "templates-other-language", async (language) => {
    await page.getByRole("button", { name: texts[language]["messages.send"] }).scrollIntoViewIfNeeded();
  });
  await field(page).fill("");

  // A colleague does not see it; its writer deletes it.
  const other = await openWindow(browser, "professional");
  await signIn(other.page, "Hanna Huotari");
  await openThread(other.page, words);
  await other.page.getByRole("button", { name: fi("templates.choose") }).click();
  await dialog(other.page).getByRole("button", { name: /^Soita meille/ }).waitFor();
  assert.equal(await dialog(other.page).getByText(own).count(), 0, "nobody else sees it");
  await other.context.close();
  await page.goto("/pro/tili");
  await page.locator("li.unit-topic summary", { hasText: own }).click();
  await page.getByRole("button", { name: fi("template.delete") }).click();
  await page.getByRole("button", { name: fi("template.delete_confirm"), exact: true }).click();
  await page.getByText(fi("template.deleted")).waitFor();
  assert.equal(await page.locator("li.unit-topic summary", { hasText: own }).count(), 0);
  for (const window of [citizen]) { window.unharmed(); await window.context.close(); }
  unharmed();
  await context.close();
});

test("a matter that a professional begins has the same templates", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Riitta Juntunen");
  await page.getByRole("link", { name: UNIT }).click();
  await page.locator(".inbox .row-link").first().click();
  await page.getByRole("link", { name: fi("client.card") }).click();
  await page.getByRole("link", { name: fi("client.write") }).click();
  await page.getByLabel(fi("client.write_topic")).selectOption({ index: 1 });
  await page.getByRole("button", { name: fi("templates.choose") }).click();
  await dialog(page).getByRole("button", { name: /Soita meille/ }).click();
  assert.match(await page.getByLabel(fi("client.write_text")).inputValue(), /08 000 0/);
  await checkPage(page, "a matter begun with a template");
  await takePicture(page, "templates-new-thread");
  await page.getByLabel(fi("client.write_text")).fill("");
  unharmed();
  await context.close();
});
