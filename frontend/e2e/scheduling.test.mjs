// A message that is sent later: it waits where colleagues see it, is held when the citizen writes meanwhile, and comes back into
// the field.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  LANGUAGES, checkPage, fi, openBrowser, openWindow, signIn, takePicture, texts, writeTo,
} from "./browser.mjs";

const UNIT = "Terveysaseman vastaanotto, Kuhmo";
const WORDS = "Milloin seuraava verikoe on?";
const ANSWER = "Verikoe on huomenna. Ole syömättä aamulla.";
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

/** The date and the time of a moment by the clock in Finland, as the fields hold them. */
function written(at) {
  const parts = at.toLocaleString("sv-SE", { timeZone: "Europe/Helsinki" }).split(" ");
  return { date: parts[0], time: parts[1].slice(0, 5) };
}

/** The same in each language, on a narrow screen and at a desk. */
async function look(page, key, name) {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const language of LANGUAGES) {
      await page.locator(`button[lang=${language}]`).click();
      await page.getByText(texts[language][key]).first().waitFor();
      await checkPage(page, `${name} in ${language} at ${width} px`);
      await page.getByText(texts[language][key]).first().scrollIntoViewIfNeeded();
      await takePicture(page, `${name}-${language}-${width}`);
    }
  }
  await page.locator("button[lang=fi]").click();
}

test("an answer is scheduled, held because the citizen writes, and taken back", async () => {
  const citizen = await openWindow(browser, "citizen");
  const professional = await openWindow(browser, "professional");
  const [aino, hanna] = [citizen.page, professional.page];
  await signIn(aino, "Aino Kemppainen");
  await signIn(hanna, "Hanna Huotari");
  await writeTo(aino, UNIT, WORDS);
  const inbox = hanna.getByRole("region", { name: fi("inbox.threads") });
  await inbox.getByRole("listitem").filter({ hasText: WORDS }).getByRole("link").click();
  const reply = hanna.getByLabel(fi("inbox.reply"));
  await reply.waitFor();

  // By keyboard; what is missing is said.
  const later = hanna.locator("details.later");
  await later.locator("summary").press("Enter");
  await hanna.getByRole("button", { name: fi("scheduling.send") }).press("Enter");
  await hanna.getByText(fi("messages.text_required")).waitFor();
  await look(hanna, "scheduling.hint", "scheduling-form");
  await reply.fill(ANSWER);
  await later.getByLabel(fi("scheduling.date")).fill("2020-01-01");
  await hanna.getByRole("button", { name: fi("scheduling.send") }).press("Enter");
  await later.getByText(fi("scheduling.invalid")).waitFor();
  // The next whole minute, or the one after it.
  const soon = written(new Date(Date.now() + 70_000));
  await later.getByLabel(fi("scheduling.date")).fill(soon.date);
  await later.getByLabel(fi("scheduling.time")).fill(soon.time);
  await hanna.getByRole("button", { name: fi("scheduling.send") }).press("Enter");
  const waiting = hanna.locator(".scheduled");
  await waiting.getByText(ANSWER).waitFor();
  assert.equal(await reply.inputValue(), "", "it is on its way");
  await checkPage(hanna, "a scheduled message");
  await takePicture(hanna, "scheduling-waits");

  // The citizen sees nothing of it, and writes.
  assert.equal(await aino.getByText(ANSWER).count(), 0);
  await aino.getByLabel(fi("thread.reply")).fill("Pääsen vasta iltapäivällä.");
  await aino.getByRole("button", { name: fi("messages.send") }).click();
  await hanna.getByText(fi("scheduling.newer")).waitFor({ timeout: 120_000 });
  await look(hanna, "scheduling.newer", "scheduling-held");
  await hanna.setViewportSize({ width: 1280, height: 900 });
  await waiting.getByRole("button", { name: fi("scheduling.take_back") }).press("Enter");
  await waiting.waitFor({ state: "detached" });
  assert.equal(await reply.inputValue(), ANSWER);

  // Once more, and it goes out.
  const next = written(new Date(Date.now() + 70_000));
  await later.getByLabel(fi("scheduling.date")).fill(next.date);
  await later.getByLabel(fi("scheduling.time")).fill(next.time);
  await hanna.getByRole("button", { name: fi("scheduling.send") }).click();
  await waiting.getByText(ANSWER).waitFor();
  await aino.locator(".message", { hasText: ANSWER }).waitFor({ timeout: 120_000 });
  await hanna.locator(".message", { hasText: ANSWER }).waitFor();
  await waiting.waitFor({ state: "detached" });
  citizen.unharmed();
  professional.unharmed();
  await citizen.context.close();
  await professional.context.close();
});
