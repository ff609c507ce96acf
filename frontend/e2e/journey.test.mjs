// A citizen writes, a professional answers, the citizen reads: two windows, two people, no reloading.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { badge, checkPage, eventually, fi, openBrowser, openWindow, signIn, takePicture } from "./browser.mjs";

const QUESTION = "Hei! Verenpainelääkkeeni loppuu perjantaina.\nVoiko reseptin uusia? <b>Kiitos</b> 🧡";
const ANSWER = "Hei Aino! Resepti on uusittu. Voit hakea lääkkeen apteekista huomenna.";
const INSTRUCTION = "Mittaa verenpaineesi viikon ajan aamuin illoin";
const MORE = "Kiitos avusta! Vielä yksi asia: otanko lääkkeen aamulla vai illalla?";
const UNIT = "Terveysaseman vastaanotto, Kuhmo";

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

test("a need leads to a promise, a reply, and an instruction that is understood", async () => {
  const citizen = await openWindow(browser, "citizen");
  const professional = await openWindow(browser, "professional");
  const [aino, hanna] = [citizen.page, professional.page];

  await aino.getByRole("heading", { name: fi("sign_in.title"), level: 1 }).waitFor();
  await checkPage(aino, "the citizens' sign-in");
  await checkPage(hanna, "the professionals' sign-in");
  await signIn(aino, "Aino Kemppainen");
  await signIn(hanna, "Hanna Huotari");

  await aino.getByRole("heading", { name: fi("front.greeting", { name: "Aino" }) }).waitFor();
  await aino.getByRole("heading", { name: fi("front.latest") }).waitFor();
  await checkPage(aino, "the front page");
  await takePicture(aino, "citizen");
  await hanna.getByRole("region", { name: fi("inbox.threads") }).getByRole("link").first().waitFor();
  await checkPage(hanna, "the inbox");
  const [unreadByAino, unreadByHanna] = [await badge(aino, fi("nav.messages")), await badge(hanna, fi("nav.messages"))];

  // Aino writes.
  await aino.getByRole("link", { name: fi("messages.write") }).first().click();
  await aino.getByRole("heading", { name: fi("new_thread.title") }).waitFor();
  await checkPage(aino, "a new message");
  await aino.getByRole("button", { name: fi("messages.send") }).click();
  await aino.getByText(fi("topic.missing")).waitFor();
  await aino.getByText(fi("messages.text_required")).waitFor();
  await checkPage(aino, "a new message with errors");
  await aino.getByRole("searchbox").fill("lääkkeitä");
  await aino.getByRole("radio", { name: `Reseptin uusiminen ${UNIT}`, exact: true }).check();
  await aino.getByText(fi("new_thread.answered_by", { unit: UNIT })).waitFor();
  await aino.getByText(fi("promise.unit").split("{")[0]).waitFor();
  await aino.getByLabel(fi("new_thread.text")).fill(QUESTION);
  await aino.getByRole("button", { name: fi("messages.send") }).click();
  await aino.getByRole("heading", { name: "Reseptin uusiminen", level: 1 }).waitFor();
  const own = aino.locator(".message", { hasText: "Verenpainelääkkeeni" });
  await own.waitFor();
  assert.ok((await own.innerText()).includes(QUESTION.split("\n")[1]), "the text stands as it was written");
  assert.match(await aino.locator(".thread-head .promise").innerText(), /^Vastaus viimeistään /);
  await checkPage(aino, "the citizen's conversation");
  const address = aino.url();
  await aino.getByRole("link", { name: fi("nav.front") }).click();

  // It is in Hanna's inbox without reloading.
  const inbox = hanna.getByRole("region", { name: fi("inbox.threads") });
  const row = inbox.getByRole("listitem").filter({ hasText: "Verenpainelääkkeeni" });
  await row.waitFor();
  await eventually(() => badge(hanna, fi("nav.messages")), unreadByHanna + 1, "the unit has one more to read");
  await row.getByRole("link").click();
  await hanna.locator(".message", { hasText: "Verenpainelääkkeeni" }).waitFor();
  await eventually(() => badge(hanna, fi("nav.messages")), unreadByHanna, "read");
  await checkPage(hanna, "the professional's conversation");

  // Hanna answers, by keyboard, with what to do; Aino hears of it on another page and reads.
  await hanna.getByRole("button", { name: fi("instruction.add") }).click();
  await hanna.getByLabel(fi("instruction.number", { number: 1 })).fill(INSTRUCTION);
  await hanna.getByLabel(fi("inbox.reply")).fill(ANSWER);
  await hanna.keyboard.press("Control+Enter");
  await hanna.locator(".message", { hasText: "Resepti on uusittu" }).waitFor();
  await eventually(() => badge(aino, fi("nav.messages")), unreadByAino + 1, "Aino has one more to read");
  await aino.goto(address);
  await aino.locator(".message", { hasText: "Resepti on uusittu" }).waitFor();
  await eventually(() => badge(aino, fi("nav.messages")), unreadByAino, "Aino has read it");
  await takePicture(aino, "conversation");
  assert.equal(await aino.locator(".thread-head .promise").count(), 0, "the promise is kept");
  await aino.locator(".message", { hasText: INSTRUCTION }).getByRole("button", { name: fi("instruction.i_understood"), exact: true }).click();
  await hanna.locator(".message").getByText(fi("instruction.understood")).waitFor();

  // Hanna closes; Aino sees it; her next message opens it again.
  await hanna.getByRole("button", { name: fi("inbox.close") }).click();
  await hanna.getByText(fi("inbox.reopens")).waitFor();
  await aino.getByText(fi("thread.closed")).waitFor();
  await aino.getByLabel(fi("thread.reply")).fill(MORE);
  await aino.getByRole("button", { name: fi("messages.send") }).click();
  await hanna.locator(".message", { hasText: "aamulla vai illalla" }).waitFor();
  await hanna.getByRole("button", { name: fi("inbox.close") }).waitFor();

  const longestWait = inbox.locator(".row").first();
  await longestWait.scrollIntoViewIfNeeded();
  await longestWait.getByRole("link").click();
  await hanna.locator(".message").first().waitFor();
  await hanna.getByText(fi("messages.arrived")).waitFor({ state: "hidden" });
  await takePicture(hanna, "professional");
  citizen.unharmed();
  professional.unharmed();
  await citizen.context.close();
  await professional.context.close();
});

test("both people work side by side in one browser", async () => {
  const { context, page, unharmed } = await openWindow(browser, "citizen");
  await signIn(page, "Aino Kemppainen");
  const other = await context.newPage();
  await other.goto("/pro/");
  await signIn(other, "Hanna Huotari");
  await page.reload();
  await page.getByRole("heading", { name: fi("front.greeting", { name: "Aino" }) }).waitFor();
  await other.reload();
  await other.getByRole("region", { name: fi("inbox.threads") }).waitFor();
  unharmed();
  await context.close();
});

test("signing out ends the session in every window", async () => {
  const { context, page } = await openWindow(browser, "citizen");
  await signIn(page, "Timo Leinonen");
  await page.getByRole("button", { name: fi("session.sign_out") }).click();
  await page.getByRole("heading", { name: fi("sign_in.title"), level: 1 }).waitFor();
  await page.goto("/viestit");
  await page.getByRole("heading", { name: fi("sign_in.title"), level: 1 }).waitFor();
  await context.close();
});
