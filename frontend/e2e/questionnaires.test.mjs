// Building a questionnaire: questions with conditions, a score, what stands in the way, the preview, publishing, FHIR; and a task on paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, eventually, fi, openBrowser, openWindow, signIn, takePicture, texts } from "./browser.mjs";

const PHONE = { width: 320, height: 640 };
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

async function inEachLanguage(page, shows, look) {
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).first().click();
    await page.getByText(texts[language][shows]).first().waitFor();
    await look(language);
  }
  await page.locator("button[lang=fi]").first().click();
  await page.getByText(fi(shows)).first().waitFor();
}

/** Adds an item and writes its question. */
async function add(page, kind, question) {
  await page.getByRole("group", { name: fi("builder.add"), exact: true }).getByRole("button", { name: fi(kind), exact: true }).click();
  const open = page.locator(".builder-open");
  await open.getByLabel(fi(kind === "kind.information" ? "builder.information" : "builder.text"), { exact: true }).fill(question);
  return open;
}

test("a questionnaire is built, tried, published and given in FHIR to others", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional", { width: 1280, height: 900 });
  await signIn(page, "Outi Väyrynen");
  await page.getByRole("link", { name: fi("nav.questionnaires") }).first().click();
  await page.getByText("PHQ-9").first().waitFor();
  await inEachLanguage(page, "questionnaires.hint", async (language) => {
    await checkPage(page, `the questionnaires, in ${language}`);
    await takePicture(page, `builder-list-${language}`);
  });
  await page.getByRole("link", { name: fi("builder.new") }).click();
  await page.getByLabel(fi("builder.title"), { exact: true }).fill("Uni ja vireys");
  const one = await add(page, "kind.one", "Kuinka nukut?");
  for (const [place, [words, points]] of [["Hyvin", "0"], ["Huonosti", "3"]].entries()) {
    await one.getByRole("button", { name: fi("builder.add_option") }).click();
    await one.getByLabel(fi("builder.option"), { exact: true }).nth(place).fill(words);
    await one.getByLabel(fi("builder.points"), { exact: true }).nth(place).fill(points);
  }
  const second = await add(page, "kind.long_text", "Mikä unta häiritsee?");
  await second.getByRole("button", { name: fi("builder.add_condition") }).click();
  await second.getByLabel(fi("builder.operator"), { exact: true }).selectOption({ label: fi("operator.equals") });
  await second.getByLabel(fi("builder.value"), { exact: true }).selectOption({ label: "Huonosti" });
  await page.getByRole("button", { name: fi("builder.add_score") }).click();
  await page.getByLabel(fi("builder.score_name"), { exact: true }).fill("Unipisteet");
  await page.getByText(fi("flaw.nothing_counted")).waitFor();
  await page.getByRole("checkbox", { name: "Kuinka nukut?" }).check();
  await page.getByRole("button", { name: fi("builder.add_band") }).click();
  await page.getByLabel(fi("builder.band_text"), { exact: true }).fill("Uni on kunnossa");
  await page.getByText(fi("flaw.bands_lack")).waitFor();
  await page.getByLabel(fi("builder.to"), { exact: true }).fill("2");
  await page.getByRole("button", { name: fi("builder.add_band") }).click();
  await page.getByLabel(fi("builder.band_text"), { exact: true }).nth(1).fill("Unta kannattaa hoitaa");
  await page.getByText(fi("builder.sound")).waitFor();
  await inEachLanguage(page, "builder.preview_hint", async (language) => {
    await checkPage(page, `building, in ${language}`);
    await takePicture(page, `builder-${language}`);
  });

  // The condition is tried as the citizen would.
  const preview = page.getByRole("region", { name: fi("builder.preview") });
  await preview.getByRole("button", { name: fi("language.fi"), exact: true }).click();
  const asked = preview.locator("textarea");
  assert.equal(await asked.isVisible(), false);
  await preview.getByRole("radio", { name: "Huonosti" }).check();
  await asked.waitFor();
  await preview.getByText("Unta kannattaa hoitaa").waitFor();
  await checkPage(page, "the preview");

  await page.getByRole("button", { name: fi("builder.save"), exact: true }).click();
  await page.getByText(fi("builder.saved")).waitFor();
  await page.getByRole("button", { name: fi("builder.publish"), exact: true }).click();
  await page.getByText(fi("builder.published")).waitFor();
  await page.getByText(fi("questionnaire.version").replace("{number}", "1")).waitFor();
  // It is there when the page is opened anew; a change waits to be published.
  await page.reload();
  await page.locator(".builder-head", { hasText: "Kuinka nukut?" }).click();
  await page.locator(".builder-open").getByLabel(fi("builder.text"), { exact: true }).fill("Kuinka olet nukkunut?");
  await page.getByText(fi("builder.unsaved")).waitFor();

  const address = await page.getByRole("link", { name: fi("builder.export") }).getAttribute("href");
  const resource = await (await context.request.get(new URL(address, page.url()).href)).text();
  assert.equal(JSON.parse(resource).item[0].text, "Kuinka nukut?");
  await page.getByRole("link", { name: fi("nav.questionnaires") }).first().click();
  const field = page.getByLabel(fi("import.file"));
  await field.setInputFiles({ name: "uni.json", mimeType: "application/json", buffer: Buffer.from(resource) });
  await page.getByText(fi("import.done")).waitFor();
  const strange = { resourceType: "Questionnaire", language: "fi", title: "Kuva", item: [{ linkId: "1", text: "Kuva?", type: "attachment" }] };
  await field.setInputFiles({ name: "kuva.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(strange)) });
  await page.getByText("items.1.attachment").waitFor();
  await checkPage(page, "what is refused");
  await takePicture(page, "builder-refused");
  unharmed();
  await context.close();
});

test("on a phone a questionnaire is looked through and mended", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional", PHONE);
  await signIn(page, "Outi Väyrynen");
  await page.goto("/pro/yksikon-tiedot/kyselyt");
  await page.getByRole("link", { name: /PHQ-9/ }).click();
  await page.locator(".builder-head").first().click();
  await page.locator(".builder-open").waitFor();
  await inEachLanguage(page, "builder.preview_hint", async (language) => {
    await checkPage(page, `building on a phone, in ${language}`);
    await takePicture(page, `builder-phone-${language}`);
  });
  const heads = page.locator(".builder-head");
  const first = await heads.first().locator(".builder-title").innerText();
  await page.locator(".builder-open").getByRole("button", { name: fi("builder.down") }).click();
  await eventually(() => heads.nth(1).locator(".builder-title").innerText(), first, "it is the second now");
  unharmed();
  await context.close();
});

test("a task is printed with its code and nothing else", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen", { width: 1280, height: 900 });
  await page.locator("button[lang=fi]").first().click();
  await signIn(page, "Birgitta Lindholm");
  await page.goto("/tehtavat");
  await page.locator(".task-card").getByRole("link").first().click();
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await page.getByRole("button", { name: fi("paper.print") }).click();
  await page.waitForFunction(() => window.printed);
  await page.emulateMedia({ media: "print" });
  const paper = page.locator(".paper");
  assert.match(await paper.locator(".paper-code").innerText(), /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.ok((await paper.locator(".paper-question").count()) >= 9);
  const seen = await page.evaluate(() => document.body.innerText);
  assert.ok(!seen.includes("Lähetä vastaukset"));
  assert.equal(await page.getByRole("button").filter({ visible: true }).count(), 0);
  await takePicture(page, "paper");
  const pages = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages <= 3, `${pages} pages`);
  unharmed();
  await context.close();
});
