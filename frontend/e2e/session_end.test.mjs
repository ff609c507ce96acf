// The end of a session is told two minutes before it comes, in both apps, and the person can go on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkPage, fi, openBrowser, openWindow, signIn, takePicture, texts } from "./browser.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

for (const [app, name] of [["citizen", "Timo Leinonen"], ["professional", "Hanna Huotari"]]) {
  test(`a ${app} who does nothing is asked whether to go on`, async () => {
    const { context, page, unharmed } = await openWindow(browser, app, { width: 320, height: 700 });
    await page.clock.install();
    await page.reload();
    await page.locator("button[lang=fi]").click();
    await signIn(page, name);
    await page.clock.runFor(10_000);
    const renewals = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/sessions/refresh")) renewals.push(JSON.parse(request.postData()).unusedSeconds);
    });
    const dialog = page.getByRole("alertdialog", { name: fi("session_end.title") });
    await page.clock.fastForward("27:00");
    await page.clock.runFor(10_000);
    assert.equal(await dialog.count(), 0, "three minutes before the end nothing is told");
    await page.clock.fastForward("00:50");
    await page.clock.runFor(10_000);
    await dialog.waitFor();
    assert.ok(renewals.every((unused) => unused >= 27 * 60), `the token is renewed and nothing is used: ${renewals}`);
    const goOn = dialog.getByRole("button", { name: fi("session_end.go_on") });
    assert.ok(await goOn.evaluate((button) => button === document.activeElement), "the dialog has the focus");
    await checkPage(page, "the end of a session is near");
    await takePicture(page, `session-end-${app}`);
    // To move about in the dialog is no answer.
    await page.keyboard.press("Tab");
    await page.clock.runFor(6_000);
    assert.equal(await dialog.count(), 1);

    await goOn.click();
    await page.clock.runFor(6_000);
    assert.equal(await dialog.count(), 0);
    assert.equal(renewals.at(-1), 0, "the server hears that she goes on");
    await page.locator("button[lang=sv]").click();
    await page.clock.fastForward("28:30");
    await page.clock.runFor(6_000);
    await page.getByRole("alertdialog", { name: texts.sv["session_end.title"] }).waitFor();
    await page.keyboard.press("Escape");
    await page.clock.runFor(6_000);
    assert.equal(await page.getByRole("alertdialog").count(), 0, "so does the escape key");
    unharmed();
    await context.close();
  });
}
