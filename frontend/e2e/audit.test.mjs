// Who has used a citizen's data: the citizen reads it in plain words.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkPage, eventually, fi, openBrowser, openMyData, openWindow, signIn } from "./browser.mjs";

/** A line shows once it is sealed, a few seconds later: the page is loaded again until then, as it was. */
async function untilSealed(page, line, what) {
  const own = page.getByLabel(fi("audit.show_own"));
  const wantsOwn = await own.isChecked();
  await eventually(async () => {
    if (await line.first().waitFor({ timeout: 1000 }).then(() => true, () => false)) return true;
    await page.reload();
    await own.setChecked(wantsOwn);
    await page.locator(".access").first().waitFor();
    return false;
  }, true, what);
}

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

test("a citizen sees who has used their data, and what they have done themselves", async () => {
  const { page: hanna, context: other } = await openWindow(browser, "professional");
  await signIn(hanna, "Hanna Huotari");
  await hanna.getByRole("navigation").getByRole("link", { name: fi("inbox.answered") }).click();
  const inbox = hanna.getByRole("region", { name: fi("inbox.threads") });
  await inbox.getByRole("listitem").filter({ hasText: "Aino Kemppainen" }).first().getByRole("link").click();
  await hanna.locator(".message").first().waitFor();
  await other.close();

  const { context, page, unharmed } = await openWindow(browser, "citizen");
  await signIn(page, "Aino Kemppainen");
  await openMyData(page, "audit.title");
  const lines = page.locator(".access");
  await lines.first().waitFor();
  await checkPage(page, "who has used my data");
  const hannas = lines.filter({ hasText: "Sairaanhoitaja, Terveysaseman vastaanotto, Kuhmo" });
  const ofNow = hannas.filter({ hasText: fi("audit.read_messages") }).filter({ hasText: fi("time.today") });
  await untilSealed(page, ofNow, "what Hanna did just now");
  assert.ok((await ofNow.first().innerText()).includes(fi("audit.ground_unit")));
  assert.equal(await lines.filter({ hasText: fi("audit.you") }).count(), 0);

  await page.getByLabel(fi("audit.show_own")).check();
  const own = lines.filter({ has: page.locator(".access-who").getByText(fi("audit.you"), { exact: true }) });
  await untilSealed(page, own.filter({ hasText: fi("audit.signed_in") }), "signing in is there as well");
  await checkPage(page, "what I have done myself");
  unharmed();
  await context.close();
});
