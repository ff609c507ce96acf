// By when an answer is promised: to who writes, to who waits, to who answers, and to the lead who keeps it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, eventually, fi, openBrowser, openWindow, signIn, takePicture, texts } from "./browser.mjs";

const PHONE = { width: 390, height: 844 };
const UNIT = "Terveysaseman vastaanotto, Kuhmo";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser.close());

/** Waits for a text of which the beginning is known, up to its first placeholder. */
const begins = (key) => fi(key).split("{")[0];

async function inEachLanguage(page, shows, look) {
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).first().click();
    await page.getByText(texts[language][shows].split("{")[0]).first().waitFor();
    await look(language);
  }
  await page.locator("button[lang=fi]").first().click();
}

test("a citizen finds the need in their own words, and is told by when the answer comes", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen", PHONE);
  await signIn(page, "Aino Kemppainen");
  await page.goto("/viestit/uusi");
  await page.getByRole("searchbox").fill("lääkkeitä");
  const need = page.getByRole("radio", { name: `Reseptin uusiminen ${UNIT}`, exact: true });
  await need.waitFor();
  assert.equal(await page.getByRole("radio", { name: /Rokotukset/ }).count(), 0);
  await page.getByRole("searchbox").fill("zzz");
  await page.getByText(fi("topic.none_found")).waitFor();
  await page.getByRole("searchbox").fill("reseptejä");
  await need.check();
  await page.getByText(begins("promise.unit")).waitFor();
  await inEachLanguage(page, "promise.unit", async (language) => {
    await checkPage(page, `a new message and its promise, in ${language}`);
    await page.locator(".answering").scrollIntoViewIfNeeded();
    await takePicture(page, `promise-new-phone-${language}`);
  });
  await page.setViewportSize({ width: 320, height: 640 });
  await checkPage(page, "a new message at 320 px");
  await page.setViewportSize({ width: 1280, height: 1400 });
  await takePicture(page, "promise-new-desk");

  await page.getByLabel(fi("new_thread.text")).fill("Tarvitsen lisää verenpainelääkettä.");
  await page.getByRole("button", { name: fi("messages.send") }).click();
  await page.getByRole("heading", { name: "Reseptin uusiminen", level: 1 }).waitFor();
  const promise = page.locator(".thread-head .promise");
  await promise.waitFor();
  assert.match(await promise.innerText(), /^Vastaus viimeistään .+ klo \d+\.\d\d\./);
  await page.setViewportSize(PHONE);
  await inEachLanguage(page, "promise.by", async (language) => {
    await checkPage(page, `a thread and its promise, in ${language}`);
    await takePicture(page, `promise-thread-${language}`);
  });
  await page.goto("/viestit");
  await page.locator(".thread-card .promise").first().waitFor();
  await checkPage(page, "the list of threads with promises");
  await takePicture(page, "promise-list");
  unharmed();
  await context.close();
});

test("a missed promise is told honestly, with a new one", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen", PHONE);
  await signIn(page, "Timo Leinonen");
  await page.goto("/viestit");
  const card = page.locator(".thread-card").filter({ has: page.locator("[data-promise=late]") }).first();
  await card.waitFor();
  assert.ok((await card.innerText()).includes(fi("promise.missed")));
  await checkPage(page, "a list with a missed promise");
  await card.getByRole("link").click();
  await page.locator(".thread-head [data-promise=late]").waitFor();
  await inEachLanguage(page, "promise.missed", async (language) => {
    await page.getByText(texts[language]["promise.anew"].split("{")[0]).waitFor();
    await checkPage(page, `a missed promise, in ${language}`);
    await takePicture(page, `promise-missed-${language}`);
  });
  unharmed();
  await context.close();
});

test("an inbox shows which promises hold, are soon due, and were missed", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  const inbox = page.getByRole("region", { name: fi("inbox.threads") });
  await inbox.locator(".promise").first().waitFor();
  const states = await inbox.locator(".promise").evaluateAll((all) => all.map((one) => one.dataset.promise));
  assert.ok(states.includes("ok") && states.includes("late"), `${states}`);
  await checkPage(page, "the inbox with promises");
  await inEachLanguage(page, "inbox.waiting", (language) => takePicture(page, `promise-inbox-${language}`));
  await page.setViewportSize({ width: 320, height: 640 });
  await checkPage(page, "the inbox with promises at 320 px");
  await takePicture(page, "promise-inbox-phone");
  unharmed();
  await context.close();
});

test("a lead keeps the unit's hours, response time and topics", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional", { width: 1280, height: 1600 });
  await signIn(page, "Hanna Huotari");
  const navigation = page.getByRole("navigation", { name: fi("shell.navigation") });
  await navigation.getByRole("link", { name: fi("nav.unit_settings") }).click();
  await page.getByRole("heading", { name: UNIT, level: 1 }).waitFor();
  await inEachLanguage(page, "unit_settings.figures", async (language) => {
    await page.locator(".facts dd").first().waitFor();
    await checkPage(page, `what a unit keeps for itself, in ${language}`);
    await takePicture(page, `unit-settings-${language}`);
  });

  const monday = page.locator("#hours-1");
  await monday.fill("8–12, 11–16");
  await page.getByLabel(fi("unit_settings.response"), { exact: true }).fill("pian");
  await page.getByRole("button", { name: fi("unit_settings.save"), exact: true }).click();
  await page.getByText(fi("unit_settings.invalid_hours")).first().waitFor();
  await page.getByText(fi("unit_settings.invalid_response")).waitFor();
  await checkPage(page, "hours that overlap");
  await takePicture(page, "unit-settings-refused");
  await monday.fill("8–12, 13–16.30");
  await page.getByLabel(fi("unit_settings.response"), { exact: true }).fill("4,5");
  await page.getByRole("button", { name: fi("unit_settings.add_exception") }).click();
  await page.getByLabel(fi("unit_settings.exception_date"), { exact: true }).last().fill("2099-01-02");
  await page.getByRole("button", { name: fi("unit_settings.save"), exact: true }).click();
  await page.getByText(fi("unit_settings.saved")).first().waitFor({ state: "attached" });

  await page.getByRole("button", { name: fi("unit_settings.add_topic") }).click();
  const added = page.locator("[aria-labelledby=topics-title] .unit-topic").last();
  await page.getByRole("button", { name: fi("unit_settings.save_topics") }).click();
  await added.locator("[aria-invalid=true]").first().waitFor();
  for (const [label, value] of [["name_fi", "Rokotukset"], ["name_sv", "Vaccinationer"], ["name_en", "Vaccinations"], ["words_fi", "rokote, influenssa"]]) {
    await added.getByLabel(fi(`unit_settings.${label}`)).fill(value);
  }
  await takePicture(page, "unit-settings-topic");
  await page.getByRole("button", { name: fi("unit_settings.save_topics") }).click();
  await added.getByRole("button", { name: fi("unit_settings.retire") }).waitFor();

  await page.reload();
  await page.getByRole("heading", { name: UNIT, level: 1 }).waitFor();
  assert.equal(await monday.inputValue(), "8–12, 13–16.30");
  assert.equal(await page.getByLabel(fi("unit_settings.response"), { exact: true }).inputValue(), "4,5");
  const last = page.locator("[aria-labelledby=topics-title] .unit-topic").last();
  await last.getByRole("button", { name: fi("unit_settings.move_up") }).click();
  const names = () => page.locator("[aria-labelledby=topics-title] .unit-topic summary").allInnerTexts();
  await eventually(async () => (await names()).at(-2).trim(), "Rokotukset", "the topic has moved up");
  await page.locator("[aria-labelledby=topics-title] .unit-topic").nth(-2).getByRole("button", { name: fi("unit_settings.retire") }).click();
  await page.getByRole("button", { name: fi("unit_settings.save_topics") }).click();
  await page.getByText(fi("unit_settings.saved")).first().waitFor({ state: "attached" });
  await page.setViewportSize({ width: 320, height: 1200 });
  await checkPage(page, "what a unit keeps for itself at 320 px");
  await takePicture(page, "unit-settings-phone");
  unharmed();
  await context.close();
});

test("who leads no unit has no such page, and an administrator has every unit's", async () => {
  const member = await openWindow(browser, "professional");
  await signIn(member.page, "Antti Väisänen");
  await member.page.getByRole("link", { name: fi("nav.clients") }).waitFor();
  assert.equal(await member.page.getByRole("link", { name: fi("nav.unit_settings") }).count(), 0);
  await member.context.close();
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Jari Mustonen");
  await page.getByRole("link", { name: fi("nav.unit_settings") }).click();
  await page.getByRole("heading", { name: fi("nav.unit_settings"), level: 1 }).waitFor();
  await page.getByRole("link", { name: UNIT }).waitFor();
  await checkPage(page, "every unit to look after");
  await takePicture(page, "unit-settings-choice");
  unharmed();
  await context.close();
});
