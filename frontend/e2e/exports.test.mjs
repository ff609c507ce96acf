// A citizen takes all of their data away.
import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { after, before, test } from "node:test";
import { checkPage, fi, openBrowser, openMyData, openWindow, signIn, takePicture } from "./browser.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

test("a citizen has a file of all their data made, and fetches it", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen", { width: 390, height: 844 });
  await signIn(page, "Timo Leinonen");
  await openMyData(page, "exports.title");
  await page.getByRole("button", { name: fi("exports.ask") }).click();
  const link = page.getByRole("link", { name: fi("exports.download") });
  await link.waitFor({ timeout: 30_000 });
  await checkPage(page, "the file is ready");
  await takePicture(page, "exports");
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  assert.equal(download.suggestedFilename(), "omasote.zip");
  assert.ok((await stat(await download.path())).size > 5_000);
  unharmed();
  await context.close();
});
