// Tasks that are no questionnaires: a guide is read, a document is brought, a time is booked.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkPage, fi, look, openBrowser, openWindow, ownData, signIn, takePicture } from "./browser.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

test("a guide is given, read, and not clear; the unit sees that", async () => {
  const citizen = await openWindow(browser, "citizen");
  const matti = citizen.page;
  await signIn(matti, "Matti Kemppainen");
  const { id } = await ownData(matti);
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await page.goto(`/pro/asiakkaat/${id}`);
  await page.getByRole("button", { name: fi("task.give"), exact: true }).click();
  await page.getByLabel(fi("task.kind"), { exact: true }).selectOption({ label: fi("task.kind_guide") });
  await page.getByRole("button", { name: fi("task.give_now"), exact: true }).click();
  await page.getByText(fi("task.guide_choose")).last().waitFor();
  const guides = page.getByLabel(fi("task.guide"), { exact: true });
  await guides.locator("option", { hasText: "Flunssa ja kuume kotona" }).waitFor({ state: "attached" });
  const title = await guides.locator("option", { hasText: "Flunssa ja kuume kotona" }).first().innerText();
  await guides.selectOption({ label: title });
  assert.equal(await page.getByLabel(fi("task.name"), { exact: true }).inputValue(), title);
  await look(page, "task.kind", "task-give-guide");
  await page.getByRole("button", { name: fi("task.give_now"), exact: true }).click();
  await page.getByRole("link", { name: title }).waitFor();

  await matti.goto("/tehtavat");
  await matti.getByRole("link", { name: "Lue, miten verenpaine mitataan kotona" }).click();
  await matti.locator("article .guide-text").waitFor();
  await look(matti, "task.send", "task-guide");
  await matti.getByRole("radio", { name: fi("no"), exact: true }).check();
  await matti.getByLabel("Mikä jäi epäselväksi?").fill("Kummasta kädestä mittaan?");
  await checkPage(matti, "a guide that was not clear");
  await takePicture(matti, "task-guide-unclear");
  await matti.getByRole("button", { name: fi("task.send"), exact: true }).click();
  await matti.getByRole("heading", { name: fi("task.answers") }).waitFor();

  await page.goto("/pro/asiakkaat");
  await page.getByText(fi("worklist.not_clear")).first().waitFor();
  await page.getByRole("link", { name: "Lue, miten verenpaine mitataan kotona" }).first().click();
  await page.getByText("Kummasta kädestä mittaan?").first().waitFor();
  await look(page, "worklist.not_clear", "task-guide-review");
  unharmed();
  citizen.unharmed();
  await context.close();
  await citizen.context.close();
});

test("how a document is brought is said, and a time that was asked for is booked", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen");
  await signIn(page, "Matti Kemppainen");
  await page.goto("/tehtavat");
  await page.getByRole("link", { name: "Toimita aiemmat laboratoriotulokset" }).click();
  await page.getByRole("link", { name: fi("task.document_by_message") }).waitFor();
  await page.getByRole("radio").first().waitFor();
  await look(page, "task.document_by_message", "task-document");
  await page.getByRole("radio", { name: "Tuon sen mukanani, kun tulen käynnille" }).check();
  await page.getByRole("button", { name: fi("task.send"), exact: true }).click();
  await page.getByRole("heading", { name: fi("task.answers") }).waitFor();

  // The unit asks for more: the citizen sees what and does it again.
  const office = await openWindow(browser, "professional");
  await signIn(office.page, "Hanna Huotari");
  await office.page.goto("/pro/asiakkaat");
  await office.page.getByRole("link", { name: "Toimita aiemmat laboratoriotulokset" }).first().click();
  await office.page.getByRole("button", { name: fi("send_back"), exact: true }).click();
  await office.page.getByRole("button", { name: fi("send_back.now"), exact: true }).click();
  await office.page.getByText(fi("field.required")).first().waitFor();
  await office.page.getByLabel(fi("send_back.remark"), { exact: true }).fill("Kerro, minkä vuoden tulokset ovat.");
  await look(office.page, "send_back.now", "task-send-back");
  await office.page.getByRole("button", { name: fi("send_back.now"), exact: true }).click();
  await office.page.getByRole("button", { name: fi("send_back"), exact: true }).waitFor({ state: "detached" });
  office.unharmed();
  await office.context.close();
  await page.reload();
  await page.getByText("Kerro, minkä vuoden tulokset ovat.").waitFor();
  await page.getByLabel("Haluatko kertoa jotain asiakirjasta?").fill("Vuodelta 2025.");
  await page.getByRole("button", { name: fi("task.send"), exact: true }).click();
  await page.getByRole("heading", { name: fi("task.answers") }).waitFor();

  await page.goto("/tehtavat");
  await page.getByRole("link", { name: "Varaa aika verenpaineen mittaukseen" }).click();
  await page.getByRole("link", { name: fi("task.book") }).waitFor();
  await look(page, "task.book", "task-booking");
  await page.getByRole("button", { name: fi("task.mark_done"), exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: fi("task.mark_done"), exact: true }).waitFor({ state: "detached" });
  unharmed();
  await context.close();
});
