// Where one is signed in: both apps list it, and end it elsewhere at once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkPage, eventually, fi, openBrowser, openWindow, signIn } from "./browser.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

const APPS = [
  ["citizen", "Olena Kovalenko", "nav.my_data"],
  ["professional", "Sanna Moilanen", "nav.account"],
];

for (const [app, name, place] of APPS) {
  test(`a ${app} ends a session that is open elsewhere`, async () => {
    const elsewhere = await openWindow(browser, app);
    await elsewhere.page.locator("button[lang=fi]").click();
    await signIn(elsewhere.page, name);
    const { context, page, unharmed } = await openWindow(browser, app);
    await page.locator("button[lang=fi]").click();
    await signIn(page, name);
    await page.getByRole("navigation").getByRole("link", { name: fi(place) }).click();
    if (app === "citizen") await page.getByRole("link", { name: fi("my_data.sessions") }).click();
    const sessions = page.getByRole("region", { name: fi("sessions.title") }).getByRole("listitem");
    await eventually(() => sessions.count(), 2, "two sessions");
    assert.equal(await sessions.filter({ hasText: fi("sessions.this") }).count(), 1);
    assert.ok((await sessions.first().innerText()).includes("Linux"), "in words, not as the browser says it");
    await checkPage(page, `the sessions of a ${app}`);

    await page.getByRole("button", { name: fi("sessions.end") }).click();
    await eventually(() => sessions.count(), 1, "one session");
    await page.getByText(fi("sessions.ended")).waitFor();
    await elsewhere.page.getByText(fi("sign_in.expired")).waitFor();
    unharmed();
    await context.close();
    await elsewhere.context.close();
  });
}
