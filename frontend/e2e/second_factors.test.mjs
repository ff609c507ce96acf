// Two-step sign-in: set up because one must, used, and looked after on the account's page.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { checkPage, fi, openBrowser, openWindow, takePicture } from "./browser.mjs";
import { freeAddress, startServer } from "./server.mjs";

const PASSWORD = "kesäyö ja lämmin sauna";
let browser, server;
before(async () => {
  server = await startServer(await freeAddress(), { second_factor: "required" });
  for (const username of ["hanna", "kaisa"]) {
    server.run(["user", "create", "--username", username, "--given-name", "Hanna", "--family-name", "Huotari", "--title",
      "sairaanhoitaja", "--unit", "Terveysaseman vastaanotto, Kuhmo"], `${PASSWORD}\n`);
  }
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** RFC 6238, as an app on a phone does it; each call gives a code that was not given before. */
let lastStep = 0;
async function code(secret) {
  const bits = [...secret.replaceAll(" ", "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  // The server takes the code of the step that comes next as well, so a journey need not wait for it.
  const step = Math.max(Math.floor(Date.now() / 30_000), lastStep + 1);
  while (step > Math.floor(Date.now() / 30_000) + 1) await new Promise((resolve) => { setTimeout(resolve, 1000); });
  lastStep = step;
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function typePassword(page, username) {
  await page.getByLabel(fi("sign_in.username")).fill(username);
  await page.getByLabel(fi("sign_in.password")).fill(PASSWORD);
  await page.getByRole("button", { name: fi("sign_in.submit") }).click();
}

test("who must have a second factor sets it up, signs in with it, and looks after it", { timeout: 180_000 }, async () => {
  const { context, page, unharmed } = await openWindow(browser, "professional", { baseURL: server.base });
  await page.locator("button[lang=fi]").click();
  await typePassword(page, "hanna");
  await page.getByText(fi("second_factor.required")).waitFor();
  const picture = page.getByRole("img", { name: fi("second_factor.qr") });
  await picture.waitFor();
  assert.ok((await picture.locator("path").getAttribute("d")).length > 1000);
  assert.equal(await page.locator(".recovery-codes li").count(), 10);
  await checkPage(page, "setting up a second factor");
  await takePicture(page, "second-factor-set-up");
  await page.setViewportSize({ width: 320, height: 800 });
  await checkPage(page, "setting up a second factor at 320 px");
  await takePicture(page, "second-factor-set-up-320");
  await page.setViewportSize({ width: 1280, height: 900 });
  const secret = await page.locator("p.secret").innerText();
  const recovery = await page.locator(".recovery-codes li").first().innerText();

  const field = page.getByRole("textbox", { name: fi("second_factor.code") });
  await field.fill("000000");
  await field.press("Enter");
  await page.getByText(fi("second_factor.wrong_code")).waitFor();
  await field.fill(await code(secret));
  await field.press("Enter");
  await page.getByRole("button", { name: fi("session.sign_out") }).click();

  await typePassword(page, "hanna");
  await page.getByText(fi("second_factor.code_step")).waitFor();
  await checkPage(page, "the code at sign-in");
  await takePicture(page, "second-factor-code");
  await page.getByRole("textbox", { name: fi("second_factor.code") }).fill(recovery);
  await page.getByRole("button", { name: fi("sign_in.submit") }).last().click();

  await page.getByRole("navigation").getByRole("link", { name: fi("nav.account") }).click();
  await page.getByText(fi("second_factor.on", { count: "9" })).waitFor();
  await checkPage(page, "the account with a second factor");
  await page.locator("#renew-code").fill(await code(secret));
  await page.getByRole("button", { name: fi("second_factor.renew") }).click();
  await page.locator(".recovery-codes li").first().waitFor();
  assert.notEqual(await page.locator(".recovery-codes li").first().innerText(), recovery);
  await takePicture(page, "second-factor-account");
  await page.setViewportSize({ width: 320, height: 800 });
  await checkPage(page, "the account at 320 px");
  await page.setViewportSize({ width: 1280, height: 900 });

  await page.locator("#end-code").fill(await code(secret));
  await page.getByRole("button", { name: fi("second_factor.end") }).click();
  await page.getByText(fi("second_factor.turned_off")).waitFor();
  await page.locator("#factor-password").fill("väärä");
  await page.getByRole("button", { name: fi("second_factor.begin") }).click();
  await page.getByText(fi("second_factor.wrong_password")).waitFor();
  await page.locator("#factor-password").fill(PASSWORD);
  await page.getByRole("button", { name: fi("second_factor.begin") }).click();
  const anew = await page.locator("p.secret").innerText();
  await page.getByRole("textbox", { name: fi("second_factor.code") }).fill(await code(anew));
  await page.getByRole("button", { name: fi("second_factor.confirm") }).click();
  await page.getByText(fi("second_factor.turned_on")).waitFor();
  await page.getByText(fi("second_factor.on", { count: "10" })).waitFor();
  unharmed();
  await context.close();
});
