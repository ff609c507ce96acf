// An administrator makes an account; its owner signs in with the first password, chooses another, and is closed out again.
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, eventually, fi, openBrowser, openWindow, signIn, takePicture } from "./browser.mjs";
import { freeAddress, startServer } from "./server.mjs";

const CHOSEN = "kesäyö ja lämmin sauna";
const USERNAME = "liisa.kivela";
let browser, server;
before(async () => {
  server = await startServer(await freeAddress());
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Both widths and all languages of what is on the page. */
async function everyLook(page, name) {
  for (const language of LANGUAGES) {
    await page.locator(`button[lang=${language}]`).click();
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await checkPage(page, `${name} in ${language} at ${width} px`);
      await takePicture(page, `${name}-${language}-${width}`);
    }
  }
  await page.locator("button[lang=fi]").click();
}

async function typePassword(page, password) {
  await page.getByLabel(fi("sign_in.username")).fill(USERNAME);
  await page.getByLabel(fi("sign_in.password")).fill(password);
  await page.getByRole("button", { name: fi("sign_in.submit") }).click();
}

test("an account from its first password to its closing", { timeout: 240_000 }, async () => {
  const { context, page, unharmed } = await openWindow(browser, "professional", { baseURL: server.base });
  await page.locator("button[lang=fi]").click();
  await signIn(page, "Jari Mustonen");
  await page.getByRole("navigation", { name: fi("shell.navigation") }).getByRole("link", { name: fi("nav.accounts") }).click();
  await page.locator(".access").first().waitFor();
  await page.locator(".access", { hasText: "Hanna Huotari" }).waitFor();
  await everyLook(page, "accounts");

  await page.getByRole("link", { name: fi("accounts.add") }).click();
  await page.getByRole("button", { name: fi("accounts.save") }).click();
  await page.getByText(fi("field.required")).first().waitFor();
  await checkPage(page, "a new account without anything");
  await page.getByLabel(fi("accounts.given_name")).fill("Liisa");
  await page.getByLabel(fi("accounts.family_name")).fill("Kivelä");
  await page.getByLabel(fi("accounts.title"), { exact: true }).fill("terveydenhoitaja");
  await page.getByLabel("Terveysaseman vastaanotto, Kuhmo").check();
  await page.getByLabel(fi("accounts.how_username")).check();
  await page.getByLabel(fi("accounts.username"), { exact: true }).fill(USERNAME);
  await everyLook(page, "account-new");
  await page.getByRole("button", { name: fi("accounts.save") }).click();
  await page.locator("p.code").waitFor();
  const first = await page.locator("p.code").innerText();
  await everyLook(page, "account-first-password");
  await page.getByRole("link", { name: fi("accounts.to_account") }).click();
  await page.getByText(fi("accounts.first_password_tag")).waitFor();

  const liisa = await openWindow(browser, "professional", { baseURL: server.base });
  await liisa.page.locator("button[lang=fi]").click();
  await typePassword(liisa.page, first);
  await liisa.page.getByText(fi("password.first")).waitFor();
  const fresh = liisa.page.getByLabel(fi("password.new"), { exact: true });
  await fresh.fill("Password-2026-2026");
  await liisa.page.getByLabel(fi("password.again")).fill("toinen");
  await liisa.page.getByRole("button", { name: fi("sign_in.submit") }).last().click();
  await liisa.page.getByText(fi("password.differs")).waitFor();
  await everyLook(liisa.page, "password-first");
  await liisa.page.getByLabel(fi("password.again")).fill("Password-2026-2026");
  await liisa.page.getByRole("button", { name: fi("sign_in.submit") }).last().click();
  await liisa.page.getByText(fi("field.too_common")).waitFor();
  await fresh.fill(CHOSEN);
  await liisa.page.getByLabel(fi("password.again")).fill(CHOSEN);
  await liisa.page.getByRole("button", { name: fi("sign_in.submit") }).last().click();
  await liisa.page.getByRole("navigation", { name: fi("shell.navigation") }).getByRole("link", { name: fi("nav.account") }).click();
  await liisa.page.getByLabel(fi("password.current")).fill("väärä");
  await fresh.fill("talvinen järven jää");
  await liisa.page.getByLabel(fi("password.again")).fill("talvinen järven jää");
  await liisa.page.getByRole("button", { name: fi("password.change") }).click();
  await liisa.page.getByText(fi("password.wrong")).waitFor();
  await everyLook(liisa.page, "password-own");
  await liisa.page.getByLabel(fi("password.current")).fill(CHOSEN);
  await liisa.page.getByRole("button", { name: fi("password.change") }).click();
  await liisa.page.getByText(fi("password.changed")).waitFor();

  await page.reload();
  await page.getByText(fi("accounts.event_password_changed")).first().waitFor();
  await page.getByLabel(fi("accounts.title"), { exact: true }).fill("sairaanhoitaja");
  await page.getByLabel(fi("accounts.role_editor")).check();
  await page.getByRole("button", { name: fi("accounts.save") }).click();
  await page.getByText(fi("accounts.event_changed")).waitFor();
  await page.getByText("terveydenhoitaja → sairaanhoitaja").waitFor();
  await everyLook(page, "account");
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await takePicture(page, "account-end");
  await page.getByRole("button", { name: fi("accounts.close") }).click();
  await page.getByText(fi("accounts.close_question")).waitFor();
  await checkPage(page, "closing an account");
  await takePicture(page, "account-closing");
  await page.getByRole("button", { name: fi("accounts.close_confirm"), exact: true }).click();
  await page.getByRole("button", { name: fi("accounts.reopen") }).waitFor();
  await liisa.page.reload();
  await liisa.page.getByRole("heading", { name: fi("sign_in.title"), level: 1 }).waitFor();
  await page.goto(`${server.base}/pro/kayttajat?tila=suljetut`);
  await eventually(() => page.locator(".access").count(), 1, "one closed account");
  await page.goto(`${server.base}/pro/kayttajat`);
  await page.getByLabel(fi("accounts.search")).fill("mustonen jari");
  await page.getByLabel(fi("accounts.search")).press("Enter");
  await eventually(() => page.locator(".access").count(), 1, "found by words");
  await page.locator(".access a").click();
  await page.getByText(fi("accounts.own")).waitFor();
  await checkPage(page, "one's own account");
  liisa.unharmed();
  unharmed();
  await liisa.context.close();
  await context.close();
});
