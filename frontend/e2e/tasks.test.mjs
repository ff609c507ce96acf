// What a citizen is asked to do: the list, a questionnaire half-way on one device and ended on another, and what is told at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, eventually, fi, openBrowser, openWindow, ownData, signIn, takePicture, texts } from "./browser.mjs";

const PHONE = { width: 320, height: 640 };
const UNIT = "Terveysaseman vastaanotto, Kuhmo";
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

async function inEachLanguage(page, shows, look) {
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).first().click();
    await page.getByText(texts[language][shows].split("{")[0]).first().waitFor();
    await look(language);
  }
  await page.locator("button[lang=fi]").first().click();
}

test("a questionnaire is begun on a phone and ended on a computer", async () => {
  const phone = await openWindow(browser, "citizen", PHONE);
  await signIn(phone.page, "Timo Leinonen");
  await phone.page.goto("/tehtavat");
  await phone.page.locator(".task-card").first().waitFor();
  await inEachLanguage(phone.page, "agenda.intro", async (language) => {
    await checkPage(phone.page, `the tasks, in ${language}`);
    await takePicture(phone.page, `tasks-phone-${language}`);
  });
  // It is late, which is allowed.
  const late = phone.page.locator(".task-card[data-phase=late]");
  await late.getByRole("link").click();
  await phone.page.getByRole("radio").first().waitFor();
  await inEachLanguage(phone.page, "task.send", async (language) => {
    await checkPage(phone.page, `a questionnaire, in ${language}`);
    await takePicture(phone.page, `questionnaire-phone-${language}`);
  });
  const address = phone.page.url();
  await phone.page.getByRole("radio", { name: "45–54 vuotta" }).check();
  await phone.page.getByText(fi("task.saved")).waitFor();

  const desk = await openWindow(browser, "citizen", { width: 1280, height: 900 });
  await signIn(desk.page, "Timo Leinonen");
  await desk.page.goto(address);
  await eventually(() => desk.page.getByRole("radio", { name: "45–54 vuotta" }).isChecked(), true, "the answer is there");
  await desk.page.getByRole("button", { name: fi("task.send") }).click();
  await desk.page.getByText(fi("question.required")).first().waitFor();
  await checkPage(desk.page, "a questionnaire with open questions");
  await takePicture(desk.page, "questionnaire-open");
  const groups = desk.page.locator("fieldset:visible");
  for (let place = 0; place < await groups.count(); place += 1) {
    const group = groups.nth(place);
    if (await group.locator("input:checked").count() === 0) await group.locator("input").first().check();
  }
  await desk.page.getByRole("button", { name: fi("task.send") }).click();
  await desk.page.getByRole("heading", { name: fi("task.answers") }).waitFor();
  await desk.page.getByText(fi("score.screening")).waitFor();
  await inEachLanguage(desk.page, "task.answers", async (language) => {
    await checkPage(desk.page, `what was answered, in ${language}`);
    await takePicture(desk.page, `questionnaire-answered-${language}`);
  });
  await desk.page.goto("/tehtavat");
  const done = desk.page.getByRole("region", { name: fi("agenda.done") });
  await done.locator(".task-card").first().waitFor();
  await takePicture(desk.page, "tasks-desk");
  phone.unharmed();
  desk.unharmed();
  await phone.context.close();
  await desk.context.close();
});

test("an answer that worries is met with help at once", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen", { width: 390, height: 844 });
  await page.locator("button[lang=fi]").first().click();
  await signIn(page, "Birgitta Lindholm");
  await page.goto("/tehtavat");
  await page.locator(".task-card").getByRole("link").first().click();
  const last = page.locator("fieldset:visible").nth(8);
  await last.locator("input").first().waitFor();
  const told = page.locator(".told-at-once .ds-alert");
  await last.locator("input").nth(1).check();
  await told.waitFor();
  assert.match(await told.innerText(), /112/);
  await checkPage(page, "what is told at once");
  await takePicture(page, "questionnaire-told");
  await last.locator("input").first().check();
  await told.waitFor({ state: "detached" });
  unharmed();
  await context.close();
});

test("what is merely to be done is marked as done, by keyboard", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen");
  await signIn(page, "Aino Kemppainen");
  await page.getByRole("navigation", { name: fi("shell.navigation") }).getByRole("link", { name: fi("nav.agenda") }).focus();
  await page.keyboard.press("Enter");
  const task = page.getByRole("link", { name: "Ota verenpainemittari mukaan vastaanotolle" });
  await task.focus();
  await page.keyboard.press("Enter");
  const mark = page.getByRole("button", { name: fi("task.mark_done") });
  await mark.waitFor();
  await checkPage(page, "something to do");
  await takePicture(page, "task-to-do");
  await mark.focus();
  await page.keyboard.press("Enter");
  await mark.waitFor({ state: "detached" });
  unharmed();
  await context.close();
});

test("a professional gives a questionnaire, sees what was answered, and marks it as looked at", async () => {
  const citizen = await openWindow(browser, "citizen");
  await signIn(citizen.page, "Aino Kemppainen");
  const { id } = await ownData(citizen.page);
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await page.goto(`/pro/asiakkaat/${id}`);
  await page.getByRole("button", { name: fi("task.give"), exact: true }).click();
  await page.getByRole("button", { name: fi("task.give_now") }).click();
  await page.getByText(fi("field.required")).first().waitFor();
  await inEachLanguage(page, "task.kind", async (language) => {
    await checkPage(page, `giving a task, in ${language}`);
    await takePicture(page, `task-give-${language}`);
  });
  await page.getByLabel(fi("task.kind")).selectOption({ label: "Kipu asteikolla 0–10" });
  await page.getByLabel(fi("task.words")).fill("Kerro, millainen kipu on tänään.");
  await page.getByRole("button", { name: fi("task.give_now") }).click();
  await page.getByRole("button", { name: fi("task.give_now") }).waitFor({ state: "detached" });

  await citizen.page.goto("/tehtavat");
  const card = citizen.page.locator(".task-card[data-phase=open]", { hasText: "Kipu asteikolla" });
  await card.getByRole("link").click();
  await citizen.page.getByText("Kerro, millainen kipu on tänään.").waitFor();
  await citizen.page.locator("fieldset:visible").first().getByRole("radio", { name: "7", exact: true }).check();
  await citizen.page.getByRole("button", { name: fi("task.send") }).click();
  await citizen.page.getByRole("heading", { name: fi("task.answers") }).waitFor();

  await page.goto("/pro/asiakkaat");
  const work = page.getByRole("region", { name: fi("worklist.title", { unit: UNIT }), exact: true });
  await work.getByRole("link", { name: "Kipu asteikolla 0–10" }).first().waitFor();
  await inEachLanguage(page, "worklist.to_review", async (language) => {
    await checkPage(page, `the worklist, in ${language}`);
    await takePicture(page, `worklist-${language}`);
  });
  await work.getByRole("link", { name: "Kipu asteikolla 0–10" }).first().click();
  await page.getByRole("heading", { name: fi("summary.all") }).waitFor();
  await inEachLanguage(page, "summary.all", async (language) => {
    await checkPage(page, `the answers, in ${language}`);
    await takePicture(page, `review-${language}`);
  });
  await page.setViewportSize(PHONE);
  await checkPage(page, "the answers at 320 px");
  await takePicture(page, "review-phone");
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByLabel(fi("review.remark")).fill("Kiitos! Soitamme sinulle huomenna.");
  await page.getByRole("button", { name: fi("review.mark") }).click();
  await page.getByRole("button", { name: fi("review.mark") }).waitFor({ state: "detached" });
  await citizen.page.reload();
  await citizen.page.getByText("Soitamme sinulle huomenna").waitFor();
  unharmed();
  await context.close();
  await citizen.context.close();
});
