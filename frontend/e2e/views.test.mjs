// Narrowing an inbox by topic, keeping what is shown as a view, and writing to a chosen group.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, eventually, fi, openBrowser, openWindow, signIn, takePicture, texts, writeTo } from "./browser.mjs";

const UNIT = "Terveysaseman vastaanotto, Kuhmo";
const PHONE = { width: 320, height: 640 };
const DESK = { width: 1280, height: 900 };
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

const threads = (page) => page.getByRole("region", { name: fi("inbox.threads") });

async function inEachLanguage(page, shows, look) {
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).first().click();
    await page.getByText(texts[language][shows], { exact: true }).first().waitFor();
    await look(language);
  }
  await page.locator("button[lang=fi]").first().click();
}

test("a view is saved under a name, shown by one press, and deleted", async () => {
  const citizen = await openWindow(browser, "citizen");
  await signIn(citizen.page, "Aino Kemppainen");
  await writeTo(citizen.page, UNIT, "Silmälasireseptini on vanhentunut");
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  const inbox = threads(page);
  const open = inbox.getByRole("button", { name: fi("views"), exact: true });
  await open.click();
  await inbox.getByLabel(fi("view.topic")).selectOption({ label: "Reseptin uusiminen" });
  const rows = inbox.locator(".inbox > li");
  await eventually(async () => (await rows.filter({ hasNotText: "Reseptin uusiminen" }).count()) === 0 && (await rows.count()) > 0, true, "only the topic is left");
  await inbox.getByRole("button", { name: fi("filter.free"), exact: true }).click();
  await inbox.getByRole("button", { name: fi("view.save") }).click();
  await inbox.getByText(fi("field.required")).waitFor();
  await inEachLanguage(page, "view.topic", async (language) => {
    await checkPage(page, `the views, in ${language}`);
    await takePicture(page, `views-${language}`);
  });
  await page.setViewportSize(PHONE);
  await checkPage(page, "the views at 320 px");
  await takePicture(page, "views-phone");
  await page.setViewportSize(DESK);
  await inbox.getByLabel(fi("view.name")).fill("Vapaat reseptit");
  await inbox.getByRole("button", { name: fi("view.save") }).click();
  const view = inbox.getByRole("button", { name: "Vapaat reseptit", exact: true });
  await view.waitFor();
  assert.equal(await view.getAttribute("aria-pressed"), "true");
  await inbox.getByRole("button", { name: fi("action.close") }).click();
  await inbox.getByRole("button", { name: fi("filter.all"), exact: true }).click();
  await eventually(() => view.getAttribute("aria-pressed"), "false", "something else is shown");

  // It is there the next time, and shows what it showed.
  await page.reload();
  await view.click();
  await eventually(() => view.getAttribute("aria-pressed"), "true", "the view is shown");
  await rows.filter({ hasText: "Silmälasireseptini" }).waitFor();
  assert.equal(await rows.filter({ hasNotText: "Reseptin uusiminen" }).count(), 0);

  // Words, too: the field says what is searched for, and is empty again afterwards.
  const search = inbox.getByRole("searchbox", { name: fi("search.label") });
  await search.fill("silmälasi");
  await search.press("Enter");
  await inbox.getByText(fi("search.found", { words: "silmälasi" })).waitFor();
  await open.click();
  await inbox.getByLabel(fi("view.name")).fill("Silmälasit");
  await inbox.getByRole("button", { name: fi("view.save") }).click();
  const words = inbox.getByRole("button", { name: "Silmälasit", exact: true });
  await words.waitFor();
  await takePicture(page, "views-words");
  await inbox.getByRole("button", { name: fi("search.end") }).click();
  await eventually(() => search.inputValue(), "", "nothing is searched for");
  await words.click();
  await inbox.getByText(fi("search.found", { words: "silmälasi" })).waitFor();
  assert.equal(await search.inputValue(), "silmälasi");

  await open.click();
  for (const name of ["Vapaat reseptit", "Silmälasit"]) {
    const kept = inbox.locator(".views-kept > li", { hasText: name });
    await kept.getByRole("button", { name: fi("view.delete") }).click();
    await kept.waitFor({ state: "detached" });
  }
  await words.waitFor({ state: "detached" });
  unharmed();
  await context.close();
  await citizen.context.close();
});

test("a chosen group gets the same message, each in a thread of their own", async () => {
  const people = [];
  for (const name of ["Aino Kemppainen", "Matti Kemppainen"]) {
    const person = await openWindow(browser, "citizen");
    await signIn(person.page, name);
    await writeTo(person.page, UNIT, `Kysymys rokotuksista, ${name}`);
    people.push(person);
  }
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  const inbox = threads(page);
  await inbox.getByRole("button", { name: fi("bulk.start") }).click();
  const wanted = inbox.getByRole("listitem").filter({ hasText: "Kysymys rokotuksista" });
  await eventually(() => wanted.count(), 2, "both can be picked");
  for (const place of [0, 1]) await wanted.nth(place).getByRole("checkbox").check();
  await inbox.getByRole("button", { name: fi("group.write") }).click();
  await inbox.getByText(fi("group.to_other", { count: 2 })).waitFor();
  await inbox.getByRole("button", { name: fi("group.send") }).click();
  await inbox.getByText(fi("field.required")).first().waitFor();
  await inEachLanguage(page, "group.text", async (language) => {
    await checkPage(page, `writing to a group, in ${language}`);
    await takePicture(page, `group-${language}`);
  });
  await page.setViewportSize(PHONE);
  await checkPage(page, "writing to a group at 320 px");
  await takePicture(page, "group-phone");
  await page.setViewportSize(DESK);
  const message = "Influenssarokotukset annetaan maanantaista alkaen ilman ajanvarausta.";
  await inbox.getByLabel(fi("client.write_topic")).selectOption({ label: "Reseptin uusiminen" });
  await inbox.getByLabel(fi("group.text"), { exact: true }).fill(message);
  await inbox.getByRole("button", { name: fi("group.send") }).click();
  await page.getByText(fi("group.sent", { count: 2 })).first().waitFor({ state: "attached" });
  for (const person of people) {
    await person.page.goto("/viestit");
    await person.page.locator(".thread-card", { hasText: "ilman ajanvarausta" }).first().waitFor();
    await person.context.close();
  }
  unharmed();
  await context.close();
});
