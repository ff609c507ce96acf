// Tasks that come again and tasks for a group: given in plain choices, seen how far they are, called off; and calling who is silent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, fi, openBrowser, openWindow, ownData, signIn, takePicture, texts } from "./browser.mjs";

const PHONE = { width: 320, height: 640 };
const DESK = { width: 1280, height: 900 };
const UNIT = "Terveysaseman vastaanotto, Kuhmo";
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

/** Looks at a page in each language, on a desk and on a phone. */
async function everywhere(page, shows, name) {
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).first().click();
    const shown = page.getByText(texts[language][shows].split("{")[0]).first();
    await shown.waitFor();
    for (const [size, screen] of [["desk", DESK], ["phone", PHONE]]) {
      await page.setViewportSize(screen);
      await checkPage(page, `${name}, in ${language}, on a ${size}`);
      await shown.evaluate((element) => element.scrollIntoView({ block: "start" }));
      await takePicture(page, `${name}-${size}-${language}`);
    }
    await page.setViewportSize(DESK);
  }
  await page.locator("button[lang=fi]").first().click();
}

test("a task that comes again is given by plain choices, seen by the client, and called off", async () => {
  const citizen = await openWindow(browser, "citizen");
  await signIn(citizen.page, "Aino Kemppainen");
  const { id } = await ownData(citizen.page);
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await page.goto(`/pro/asiakkaat/${id}`);
  await page.getByRole("button", { name: fi("task.give"), exact: true }).click();
  await page.getByLabel(fi("task.name")).fill("Kävele puoli tuntia");
  await page.getByLabel(fi("series.repeats")).selectOption({ label: fi("series.every_week") });
  await page.getByLabel(fi("series.times")).fill("0");
  await page.getByLabel(fi("remind.before")).selectOption({ label: fi("remind.three_days_before") });
  await page.getByLabel(fi("call.when")).selectOption({ label: fi("call.unopened_week") });
  await page.getByRole("button", { name: fi("task.give_now") }).click();
  await page.getByText(fi("series.end_invalid")).waitFor();
  await everywhere(page, "series.repeats", "series-give");
  await page.getByLabel(fi("series.times")).fill("4");
  await page.getByRole("button", { name: fi("task.give_now") }).click();
  await page.getByRole("button", { name: fi("task.give_now") }).waitFor({ state: "detached" });

  // The server gives the first of it in a few seconds.
  const card = citizen.page.locator(".task-card", { hasText: "Kävele puoli tuntia" });
  await citizen.page.goto("/tehtavat");
  for (let tries = 0; tries < 40 && await card.count() === 0; tries += 1) {
    await citizen.page.waitForTimeout(500);
    await citizen.page.reload();
    await citizen.page.locator(".task-card").first().waitFor();
  }
  assert.equal(await card.count(), 1);

  await page.goto("/pro/asiakkaat");
  const all = page.getByRole("region", { name: fi("series.title", { unit: UNIT }) });
  const one = all.locator("li", { hasText: "Kävele puoli tuntia" });
  await one.getByText(fi("series.progress", { given: 1, all: 4, answered: 0 })).waitFor();
  await everywhere(page, "series.title", "series-list");
  await one.getByRole("button", { name: fi("series.call_off_all") }).click();
  await page.getByText(fi("series.call_off_all_question")).waitFor();
  await checkPage(page, "calling a series off");
  await takePicture(page, "series-call-off");
  await one.locator(".confirm").getByRole("button", { name: fi("series.call_off_all") }).click();
  await one.getByText(fi("series.called_off_on").split("{")[0].trim()).waitFor();
  for (let tries = 0; tries < 40 && await card.count() === 1; tries += 1) {
    await citizen.page.waitForTimeout(500);
    await citizen.page.goto("/tehtavat");
    await citizen.page.locator(".task-card").first().waitFor();
  }
  unharmed();
  await context.close();
  await citizen.context.close();
});

test("a task is given to a group of the unit's clients", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await page.goto("/pro/asiakkaat");
  const all = page.getByRole("region", { name: fi("series.title", { unit: UNIT }) });
  await all.getByRole("button", { name: fi("group_task.open") }).click();
  await all.getByRole("button", { name: fi("group_task.all") }).waitFor();
  await all.getByLabel(fi("task.name")).fill("Tarkista lääkelistasi");
  await everywhere(page, "group_task.to", "series-group");
  await all.getByRole("checkbox").nth(0).check();
  await all.getByRole("checkbox").nth(1).check();
  await all.getByRole("button", { name: fi("task.give_now") }).click();
  await all.locator("li", { hasText: "Tarkista lääkelistasi" }).getByText(/2 asiakkaalle/).waitFor();
  unharmed();
  await context.close();
});

test("who is silent is called, and called again when nobody answers", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await page.goto("/pro/asiakkaat");
  const work = page.getByRole("region", { name: fi("worklist.title", { unit: UNIT }), exact: true });
  await work.getByRole("button", { name: fi("calls.list") }).click();
  const call = work.locator("li").first();
  await call.getByText(fi("calls.unopened").split("{")[0].trim()).waitFor();
  await call.getByRole("button", { name: new RegExp(fi("calls.mark")) }).click();
  await call.getByLabel(fi("calls.note")).fill("Soitettu kello 9.");
  await everywhere(page, "calls.list", "series-calls");
  await call.getByRole("button", { name: fi("calls.not_reached"), exact: true }).click();
  await work.getByText(fi("calls.tried.one")).waitFor();
  await takePicture(page, "series-calls-tried");
  await call.getByRole("button", { name: new RegExp(fi("calls.mark")) }).click();
  await call.getByRole("button", { name: fi("calls.reached"), exact: true }).click();
  await work.getByText(fi("calls.nothing")).waitFor();
  await checkPage(page, "nobody to call");
  unharmed();
  await context.close();
});
