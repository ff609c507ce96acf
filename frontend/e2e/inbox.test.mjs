// Working with many matters: finding them by words, ending several together, writing to a client first, and being away.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, eventually, fi, openBrowser, openWindow, ownData, signIn, takePicture, texts, writeTo } from "./browser.mjs";

const UNIT = "Terveysaseman vastaanotto, Kuhmo";
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

const threads = (page) => page.getByRole("region", { name: fi("inbox.threads") });

test("matters are found by words, and several are ended together", async () => {
  const citizen = await openWindow(browser, "citizen");
  await signIn(citizen.page, "Aino Kemppainen");
  await writeTo(citizen.page, UNIT, "Kuulolaitteeni vinkuu");
  await writeTo(citizen.page, UNIT, "Kuulolaitteeseen tarvitaan paristoja");
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  const inbox = threads(page);
  const search = inbox.getByRole("searchbox", { name: fi("search.label") });
  await search.waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("kuulolaite");
  // What was written a moment ago is read a moment later.
  await eventually(async () => {
    await page.keyboard.press("Enter");
    return inbox.getByRole("listitem").filter({ hasText: "Kuulolait" }).count();
  }, 2, "both are found");
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).first().click();
    await page.getByText(texts[language]["search.found"].replace("{words}", "kuulolaite")).waitFor();
    await checkPage(page, `what was found, in ${language}`);
    await takePicture(page, `inbox-found-${language}`);
  }
  await page.locator("button[lang=fi]").first().click();
  await search.fill("zzzz");
  await search.press("Enter");
  await inbox.getByText(fi("search.nothing")).waitFor();
  await checkPage(page, "nothing found");
  await inbox.getByRole("button", { name: fi("search.end") }).click();

  await inbox.getByRole("button", { name: fi("bulk.start") }).click();
  const wanted = inbox.getByRole("listitem").filter({ hasText: "Kuulolait" });
  await eventually(() => wanted.count(), 2, "both can be picked");
  await inbox.getByRole("button", { name: fi("inbox.close") }).click();
  await page.getByText(fi("bulk.nothing")).first().waitFor({ state: "attached" });
  for (const place of [0, 1]) await wanted.nth(place).getByRole("checkbox").check();
  await inbox.getByText(fi("bulk.count_other", { count: 2 })).waitFor();
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).first().click();
    await page.getByText(texts[language]["bulk.count_other"].replace("{count}", "2")).waitFor();
    await checkPage(page, `several picked, in ${language}`);
    await takePicture(page, `inbox-picked-${language}`);
  }
  await page.locator("button[lang=fi]").first().click();
  await page.setViewportSize({ width: 320, height: 640 });
  await checkPage(page, "several picked at 320 px");
  await takePicture(page, "inbox-picked-phone");
  await page.setViewportSize({ width: 1280, height: 900 });
  await inbox.getByRole("button", { name: fi("inbox.close") }).click();
  await eventually(() => wanted.count(), 0, "both are ended");
  await inbox.getByRole("button", { name: fi("bulk.end") }).click();
  await inbox.getByRole("link", { name: fi("inbox.closed") }).click();
  await eventually(() => inbox.getByRole("listitem").filter({ hasText: "Kuulolait" }).count(), 2, "among the ended");
  await takePicture(page, "inbox-desk");
  unharmed();
  await context.close();
  await citizen.context.close();
});

test("a professional writes to a client first", async () => {
  const citizen = await openWindow(browser, "citizen");
  await signIn(citizen.page, "Aino Kemppainen");
  const { id } = await ownData(citizen.page);
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await page.goto(`/pro/asiakkaat/${id}`);
  await page.getByRole("link", { name: fi("client.write") }).click();
  await page.getByRole("heading", { name: fi("client.write"), level: 1 }).waitFor();
  await page.getByLabel(fi("client.write_text")).fill("Hei Aino, kutsumme sinut influenssarokotukseen.");
  await page.getByRole("button", { name: fi("messages.send") }).click();
  await page.getByText(fi("field.required")).first().waitFor();
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).first().click();
    await page.getByText(texts[language]["client.write_note"]).waitFor();
    await checkPage(page, `writing to a client, in ${language}`);
    await takePicture(page, `client-write-${language}`);
  }
  await page.locator("button[lang=fi]").first().click();
  await page.setViewportSize({ width: 320, height: 640 });
  await checkPage(page, "writing to a client at 320 px");
  await takePicture(page, "client-write-phone");
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByLabel(fi("client.write_topic")).selectOption({ label: `Reseptin uusiminen – ${UNIT}` });
  await page.getByRole("button", { name: fi("messages.send") }).click();
  await page.locator(".message", { hasText: "kutsumme sinut influenssarokotukseen" }).waitFor();
  await citizen.page.goto("/viestit");
  await citizen.page.locator(".thread-card", { hasText: "kutsumme sinut" }).first().waitFor();
  unharmed();
  await context.close();
  await citizen.context.close();
});

test("who is away says so, and comes back", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Antti Väisänen");
  await page.getByRole("navigation").getByRole("link", { name: fi("nav.account") }).click();
  const absence = page.getByRole("region", { name: fi("absence") });
  await absence.getByRole("button", { name: fi("absence.away") }).click();
  await absence.getByText(fi("absence.invalid")).waitFor();
  await checkPage(page, "an absence without a day");
  await absence.getByLabel(fi("absence.last_day")).fill("2099-01-02");
  await takePicture(page, "absence");
  await absence.getByRole("button", { name: fi("absence.away") }).click();
  await absence.getByText("2.1.2099").waitFor();
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).first().click();
    await absence.or(page.getByRole("region", { name: texts[language].absence })).first().waitFor();
    await checkPage(page, `away, in ${language}`);
    await takePicture(page, `absence-${language}`);
  }
  await page.locator("button[lang=fi]").first().click();
  await absence.getByRole("button", { name: fi("absence.back") }).click();
  await absence.getByLabel(fi("absence.last_day")).waitFor();
  assert.equal(await absence.getByText("2.1.2099").count(), 0);
  unharmed();
  await context.close();
});
