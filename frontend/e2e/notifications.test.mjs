// Being told outside the app: an address is chosen, a message is told of without what it is about, and an address that is not good
// is shown to the citizen and to the unit.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import {
  LANGUAGES, checkPage, eventually, fi, openBrowser, openMyData, openWindow, signIn, takePicture, texts, writeTo,
} from "./browser.mjs";
import { freeAddress, startServer } from "./server.mjs";

const UNIT = "Terveysaseman vastaanotto, Kuhmo";
const WORDS = "Saisinko ajan verikokeeseen?";
const ROOT = new URL("../../", import.meta.url).pathname;
let browser, server, mailbox;

before(async () => {
  mailbox = await startMailbox();
  const file = `
    gather_seconds = 3
    [email]
    host = "127.0.0.1"
    port = ${mailbox.ports.smtp}
    security = "none"
    from = "ei-vastausta@esimerkki.fi"
    [sms]
    url = "http://127.0.0.1:${mailbox.ports.sms}/messages"
    token_file = "token"
    fields = { to = "recipient" }
  `;
  const settings = { notifications_file: "{folder}/notifications.toml" };
  server = await startServer(await freeAddress(), settings, { "notifications.toml": file, token: "gateway secret" });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  mailbox?.stop();
});

/** A mail server that is not ours, and a made-up gateway of text messages, with what they have got. */
async function startMailbox() {
  const folder = mkdtempSync(`${tmpdir()}/omasote-mailbox-`);
  const process = spawn(`${ROOT}target/python/bin/python`, [`${ROOT}bin/lib/mailbox.py`, folder]);
  const got = [];
  const lines = createInterface({ input: process.stdout });
  const ports = await new Promise((resolve) => lines.once("line", (line) => resolve(JSON.parse(line))));
  lines.on("line", (line) => got.push(JSON.parse(line)));
  const stop = () => {
    process.stdin.end();
    rmSync(folder, { recursive: true });
  };
  return { ports, got, stop };
}

const open = (app, options = {}) => openWindow(browser, app, { baseURL: server.base, ...options });

/** The same in each language, as it stands on a narrow screen and at a desk. */
async function look(page, key, name) {
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    for (const language of LANGUAGES) {
      await page.locator(`button[lang=${language}]`).click();
      await page.getByText(texts[language][key]).first().waitFor();
      await checkPage(page, `${name} in ${language} at ${width} px`);
      await takePicture(page, `${name}-${language}-${width}`);
    }
  }
  await page.locator("button[lang=fi]").click();
}

test("a citizen chooses how to be told, is told, and learns that an address is not good", async () => {
  const { context, page, unharmed } = await open("citizen");
  await signIn(page, "Aino Kemppainen");
  await openMyData(page, "notifications.title");
  // Until she chooses it is the number that is known.
  const choice = (way) => page.getByRole("radio", { name: fi(`notifications.choice_${way}`), exact: true });
  await choice("sms").waitFor();
  assert.ok(await choice("sms").isChecked());

  // By keyboard; what is missing is said, and nothing is kept.
  await choice("email").press("Space");
  await page.getByRole("button", { name: fi("notifications.save") }).press("Enter");
  await page.getByText(fi("field.required")).waitFor();
  const email = page.getByLabel(fi("notifications.email"));
  await email.fill("gone");
  await page.getByRole("button", { name: fi("notifications.save") }).press("Enter");
  await page.getByText(fi("notifications.invalid_email")).waitFor();
  await page.getByLabel(fi("notifications.quiet")).press("Space");
  await page.getByLabel(fi("notifications.quiet_from")).fill("03:00");
  await page.getByLabel(fi("notifications.quiet_to")).fill("03:01");
  await look(page, "notifications.quiet_from", "notifications");
  await page.getByLabel(fi("notifications.quiet")).press("Space");
  await email.fill("gone@esimerkki.fi");
  await page.getByRole("button", { name: fi("notifications.save") }).press("Enter");
  await page.getByText(fi("notifications.saved")).waitFor();

  // The server tries, is refused, and says so at the next visit.
  const trouble = page.getByText(fi("notifications.front_email"));
  const isKnown = async () => {
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    return trouble.waitFor({ timeout: 2_000 }).then(() => true, () => false);
  };
  await eventually(isKnown, true, "the front page says that the address is not good");
  await look(page, "notifications.front_email", "notifications-front");
  await page.getByRole("link", { name: fi("notifications.front_open") }).click();
  await page.getByText(/ei mennyt perille/).waitFor();
  await checkPage(page, "the settings with a trouble");
  await takePicture(page, "notifications-trouble");

  // The unit sees it as well.
  await writeTo(page, UNIT, WORDS);
  const professional = await open("professional");
  const hanna = professional.page;
  await signIn(hanna, "Hanna Huotari");
  const inbox = hanna.getByRole("region", { name: fi("inbox.threads") });
  await inbox.getByRole("listitem").filter({ hasText: WORDS }).getByRole("link").click();
  await hanna.getByText(fi("reach.trouble_email")).waitFor();
  await look(hanna, "reach.trouble_email", "reach-trouble");
  await hanna.setViewportSize({ width: 1280, height: 900 });

  // A good address, and a message: she is told once, and not what it is about.
  await page.goto("/omat-tiedot/ilmoitukset");
  await email.fill("aino@esimerkki.fi");
  await page.getByRole("button", { name: fi("notifications.save") }).click();
  await page.getByText(fi("notifications.saved")).waitFor();
  await page.goto("/");
  await hanna.getByLabel(fi("inbox.reply")).fill("Aika on varattu huomiseksi.");
  await hanna.getByRole("button", { name: fi("messages.send") }).click();
  await hanna.getByText(fi("reach.by_email")).waitFor();
  const told = () => mailbox.got.find((mail) => mail.headers?.subject === "Sinulle on viesti Omasotessa");
  await eventually(async () => told() !== undefined, true, "she is told");
  assert.deepEqual(told().to, ["aino@esimerkki.fi"]);
  assert.ok(!JSON.stringify(told()).includes("varattu"));
  await hanna.reload();
  await hanna.getByText(/Viimeksi ilmoitettu/).waitFor();
  await checkPage(hanna, "a conversation with somebody who was told");
  await takePicture(hanna, "reach-told");
  unharmed();
  professional.unharmed();
  await context.close();
  await professional.context.close();
});

