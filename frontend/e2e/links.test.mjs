// Messages about an appointment: begun from it, answered with a task attached, and found again from the appointment.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkPage, fi, look, openBrowser, openWindow, ownData, signIn } from "./browser.mjs";

const MARK = Date.now();
const CALL = `Soitto tuloksista ${MARK}`;
const TASK = `Mittaa lämpö aamulla ${MARK}`;
const QUESTION = `Voiko soittaa iltapäivällä? ${MARK}`;
const ANSWER = `Voi. Tee tämä ennen soittoa. ${MARK}`;
const NEED = "Reseptin uusiminen Terveysaseman vastaanotto, Kuhmo";
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

test("a citizen writes about an appointment, and is answered with a task attached", async () => {
  const citizen = await openWindow(browser, "citizen");
  const aino = citizen.page;
  await signIn(aino, "Aino Kemppainen");
  const { id } = await ownData(aino);
  const desk = await openWindow(browser, "professional");
  const hanna = desk.page;
  await signIn(hanna, "Hanna Huotari");
  await hanna.goto(`/pro/asiakkaat/${id}`);
  await hanna.getByRole("button", { name: fi("event.give"), exact: true }).click();
  await hanna.getByRole("radio", { name: fi("event.kind_phone"), exact: true }).check();
  await hanna.getByLabel(fi("event.title"), { exact: true }).fill(CALL);
  await hanna.getByLabel(fi("event.date"), { exact: true }).fill(new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10));
  await hanna.getByLabel(fi("event.clock"), { exact: true }).fill("10:15");
  await hanna.getByRole("button", { name: fi("event.give_now"), exact: true }).click();
  await hanna.getByRole("link", { name: CALL }).click();
  await hanna.getByRole("button", { name: fi("event.task_give"), exact: true }).click();
  await hanna.getByLabel(fi("task.name"), { exact: true }).fill(TASK);
  await hanna.getByRole("button", { name: fi("task.give_now"), exact: true }).click();
  await hanna.getByRole("link", { name: TASK }).waitFor();

  // From the appointment into a message that leads to it.
  await aino.goto("/tehtavat");
  await aino.getByRole("link", { name: CALL }).click();
  await look(aino, "event.write", "links-event");
  await aino.getByRole("link", { name: fi("event.write") }).click();
  const chosen = aino.getByRole("list", { name: fi("links.chosen") });
  await chosen.getByText(CALL).waitFor();
  await look(aino, "new_thread.title", "links-new-thread");
  await aino.getByRole("radio", { name: NEED, exact: true }).check();
  await aino.getByLabel(fi("new_thread.text")).fill(QUESTION);
  await aino.getByRole("button", { name: fi("messages.send") }).click();
  const question = aino.locator(".message", { hasText: QUESTION });
  await question.getByRole("listitem").getByText(CALL).waitFor();

  // The unit opens the appointment from the message, and finds the message from the appointment.
  await hanna.reload();
  const about = hanna.getByRole("region", { name: fi("event.messages") });
  await about.getByRole("link").first().click();
  const asked = hanna.locator(".message", { hasText: QUESTION });
  const address = await asked.getByRole("link", { name: `${fi("links.open_event")}: ${CALL}` }).getAttribute("href");
  assert.match(address, new RegExp(`^/pro/asiakkaat/${id}/ajat/`));

  // The task is found by its words, and attached.
  await hanna.getByRole("button", { name: fi("links.attach") }).click();
  const dialog = hanna.getByRole("dialog", { name: fi("links.attach") });
  await dialog.getByRole("button", { name: new RegExp(CALL) }).waitFor();
  await checkPage(hanna, "what can be attached");
  await dialog.getByLabel(fi("links.search")).fill("mittaa lämpö");
  await dialog.getByRole("button", { name: new RegExp(CALL) }).waitFor({ state: "hidden" });
  await dialog.getByRole("button", { name: new RegExp(TASK) }).click();
  await hanna.getByRole("list", { name: fi("links.chosen") }).getByText(TASK).waitFor();
  await look(hanna, "links.attach", "links-answering");
  await hanna.getByLabel(fi("inbox.reply"), { exact: true }).fill(ANSWER);
  await hanna.getByRole("button", { name: fi("messages.send"), exact: true }).click();
  await hanna.locator(".message", { hasText: ANSWER }).getByText(TASK).waitFor();

  await aino.locator(".message", { hasText: ANSWER }).getByText(TASK).waitFor();
  await look(aino, "links.open_task", "links-answer");
  await aino.getByRole("link", { name: `${fi("links.open_task")}: ${TASK}` }).click();
  await aino.getByRole("heading", { name: TASK, level: 1 }).waitFor();
  await look(aino, "task.write", "links-task");
  await aino.getByRole("link", { name: fi("task.write") }).click();
  await aino.getByRole("list", { name: fi("links.chosen") }).getByText(TASK).waitFor();

  // The appointment shows what was written about it.
  await aino.goto("/tehtavat");
  await aino.getByRole("link", { name: CALL }).click();
  await aino.getByRole("region", { name: fi("event.messages") }).getByText(ANSWER).waitFor();
  await look(aino, "event.messages", "links-event-messages");
  citizen.unharmed();
  desk.unharmed();
  await citizen.context.close();
  await desk.context.close();
});
