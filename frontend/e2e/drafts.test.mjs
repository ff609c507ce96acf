// What is half-written in one browser is gone on with in another, by the same person alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { eventually, fi, openBrowser, openWindow, signIn } from "./browser.mjs";

const MARK = `kerta ${Date.now()}`;
const BEGINNING = `Olen harjoitellut ohjeen mukaan, tämä on jo kymmenes ${MARK}.`;
const REST = " Polvi kestää jo portaat.";
const ANSWER = `Hienoa, jatka samaan tapaan (${MARK}).`;
const DOCUMENT = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

const isSaving = (answer) => answer.url().includes("/draft") && answer.request().method() === "PUT" && answer.ok();

async function openFirstThread(page) {
  await page.goto("/viestit");
  await page.locator("main a[href^='/viestit/0']").first().click();
  await page.getByLabel(fi("thread.reply")).waitFor();
}

test("a citizen goes on writing on another device", async () => {
  const phone = await openWindow(browser, "citizen", { width: 320, height: 640 });
  await signIn(phone.page, "Timo Leinonen");
  await openFirstThread(phone.page);
  const address = phone.page.url();
  let saves = 0;
  phone.page.on("response", (answer) => { saves += isSaving(answer) ? 1 : 0; });
  const kept = phone.page.waitForResponse(isSaving);
  await phone.page.getByLabel(fi("thread.reply")).pressSequentially(BEGINNING);
  await kept;
  assert.ok(saves <= 2, "not with every letter");
  await phone.page.getByLabel(fi("attachment.add")).setInputFiles({ name: "loki.pdf", mimeType: "application/pdf", buffer: DOCUMENT });
  await phone.page.getByRole("listitem").filter({ hasText: "loki.pdf" }).getByText(/kt/).waitFor();
  // What was not kept yet is kept when the page is left.
  await phone.page.waitForLoadState("networkidle");
  await phone.context.close();

  const desk = await openWindow(browser, "citizen");
  await signIn(desk.page, "Timo Leinonen");
  await desk.page.goto(address);
  const field = desk.page.getByLabel(fi("thread.reply"));
  await eventually(() => field.inputValue(), BEGINNING, "the beginning is there");
  await desk.page.getByRole("button", { name: fi("attachment.remove_named", { name: "loki.pdf" }) }).waitFor();
  await field.press("End");
  await field.pressSequentially(REST);
  await desk.page.getByRole("button", { name: fi("messages.send") }).click();
  const sent = desk.page.locator(".message", { hasText: MARK });
  await sent.getByRole("link", { name: "loki.pdf" }).waitFor();
  assert.ok((await sent.innerText()).includes(BEGINNING + REST));

  // Sent is sent: nothing of it is left to send again.
  const again = await openWindow(browser, "citizen");
  await signIn(again.page, "Timo Leinonen");
  await again.page.goto(address);
  await again.page.locator(".message", { hasText: MARK }).waitFor();
  await again.page.waitForLoadState("networkidle");
  assert.equal(await again.page.getByLabel(fi("thread.reply")).inputValue(), "");
  desk.unharmed();
  again.unharmed();
  await desk.context.close();
  await again.context.close();
});

test("a professional goes on with an answer, and colleagues do not see it", async () => {
  const first = await openWindow(browser, "professional");
  await signIn(first.page, "Riitta Juntunen");
  const rows = first.page.getByRole("region", { name: fi("inbox.threads") });
  await rows.locator("a[href*='/viestit/']").last().click();
  await first.page.getByLabel(fi("inbox.reply")).waitFor();
  const address = first.page.url();
  const kept = first.page.waitForResponse(isSaving);
  await first.page.getByLabel(fi("inbox.reply")).fill(ANSWER);
  await kept;
  const second = await openWindow(browser, "professional");
  await signIn(second.page, "Riitta Juntunen");
  await second.page.goto(address);
  await eventually(() => second.page.getByLabel(fi("inbox.reply")).inputValue(), ANSWER, "the answer is there");

  // Emptied is emptied, on the other one too.
  const emptied = second.page.waitForResponse(isSaving);
  await second.page.getByLabel(fi("inbox.reply")).fill("");
  await emptied;
  await first.page.reload();
  await eventually(() => first.page.getByLabel(fi("inbox.reply")).inputValue(), "", "and is gone here");
  first.unharmed();
  second.unharmed();
  await first.context.close();
  await second.context.close();
});
