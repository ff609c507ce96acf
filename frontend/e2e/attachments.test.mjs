// A photo goes to the unit with a message and tells nothing of where it was taken; a file that is not taken is explained; the
// professional saves the photo and answers with a document.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { checkPage, fi, openBrowser, openWindow, signIn, takePicture } from "./browser.mjs";

const MARK = "SALAINENPAIKKA";
const TEXT = `Kädessä on ollut ihottumaa viikon ajan, kuva on liitteenä (${Date.now()}).`;
const ANSWER = "Hei Emma, tässä ohje ihottuman hoitoon.";
const UNIT = "Terveysaseman vastaanotto, Kuhmo";
const DOCUMENT = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

/** A photo as a telephone takes it: with Exif data that name a place. */
async function photo(page) {
  const drawn = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [320, 240];
    const brush = canvas.getContext("2d");
    for (let x = 0; x < 320; x += 1) {
      brush.fillStyle = `hsl(${x} 60% 60%)`;
      brush.fillRect(x, 0, 1, 240);
    }
    return canvas.toDataURL("image/jpeg", 0.9);
  });
  const bytes = Buffer.from(drawn.split(",")[1], "base64");
  const latitude = Buffer.from([0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0]);
  const place = Buffer.from([0, 1, 0, 1, 0, 2, 0, 0, 0, 2, 0x4e, 0, 0, 0, 0, 0, 0, 0]);
  const exif = Buffer.concat([Buffer.from("Exif\0\0MM\0*\0\0\0\x08", "latin1"), latitude, place, Buffer.from(MARK)]);
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), head, exif, bytes.subarray(2)]);
}

async function saved(page, name) {
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name }).click();
  const file = await download;
  assert.equal(file.suggestedFilename(), name);
  return readFileSync(await file.path());
}

test("a photo goes to the unit, a document comes back", async () => {
  const citizen = await openWindow(browser, "citizen", { width: 320, height: 640 });
  const emma = citizen.page;
  await signIn(emma, "Emma Karjalainen");
  await emma.goto("/viestit/uusi");
  await emma.getByText(fi("attachment.hint")).waitFor();
  const taken = await photo(emma);
  assert.ok(taken.includes(MARK));

  // By keyboard: the button opens the browser's own dialogue.
  const dialogue = emma.waitForEvent("filechooser");
  await emma.getByLabel(fi("attachment.add")).press("Space");
  await (await dialogue).setFiles([
    { name: "käsi.jpeg", mimeType: "image/jpeg", buffer: taken },
    { name: "muistio.txt", mimeType: "text/plain", buffer: Buffer.from("Hei") },
  ]);
  const chosen = emma.getByRole("listitem").filter({ hasText: "käsi.jpeg" });
  await chosen.getByText(/kt/).waitFor();
  await emma.getByText(fi("error.attachment_type")).waitFor();
  await checkPage(emma, "a new message with a file and a refused one");
  await takePicture(emma, "attachments-chosen-320");

  await emma.getByRole("searchbox").fill("ihottuma");
  await emma.getByRole("radio", { name: new RegExp(UNIT) }).first().check();
  await emma.getByLabel(fi("new_thread.text")).fill(TEXT);
  await emma.getByRole("button", { name: fi("messages.send") }).click();
  await emma.getByText(fi("attachment.remove_first")).waitFor();
  await emma.getByRole("button", { name: fi("attachment.remove_named", { name: "muistio.txt" }) }).click();
  await emma.getByText("muistio.txt").waitFor({ state: "detached" });
  await emma.getByRole("button", { name: fi("messages.send") }).click();
  const own = emma.locator(".message", { hasText: TEXT });
  await own.getByRole("link", { name: "käsi.jpeg" }).waitFor();
  await checkPage(emma, "a conversation with a file");
  await takePicture(emma, "attachments-sent-320");
  const kept = await saved(emma, "käsi.jpeg");
  assert.deepEqual([...kept.subarray(0, 2)], [0xff, 0xd8]);
  assert.ok(!kept.includes(MARK) && !kept.includes("Exif"), "nothing is told of the place");

  const professional = await openWindow(browser, "professional");
  const hanna = professional.page;
  await signIn(hanna, "Hanna Huotari");
  const inbox = hanna.getByRole("region", { name: fi("inbox.threads") });
  await inbox.getByRole("listitem").filter({ hasText: TEXT.slice(0, 60) }).getByRole("link").click();
  await hanna.locator(".message", { hasText: TEXT }).getByRole("link", { name: "käsi.jpeg" }).waitFor();
  assert.deepEqual(await saved(hanna, "käsi.jpeg"), kept);
  await hanna.getByLabel(fi("attachment.add")).setInputFiles({ name: "ohje.pdf", mimeType: "application/pdf", buffer: DOCUMENT });
  await hanna.getByRole("button", { name: fi("attachment.remove_named", { name: "ohje.pdf" }) }).waitFor();
  await hanna.getByRole("listitem").filter({ hasText: "ohje.pdf" }).getByText(/kt/).waitFor();
  await checkPage(hanna, "the professional's conversation with a file");
  await takePicture(hanna, "attachments-professional");
  await hanna.getByLabel(fi("inbox.reply")).fill(ANSWER);
  await hanna.keyboard.press("Control+Enter");
  await emma.locator(".message", { hasText: ANSWER }).getByRole("link", { name: "ohje.pdf" }).waitFor();
  assert.deepEqual(await saved(emma, "ohje.pdf"), DOCUMENT);

  // The citizen sees who opened it.
  await emma.goto("/omat-tiedot/kaytto");
  await emma.getByText(fi("audit.read_attachment")).first().waitFor({ timeout: 30_000 }).catch(async () => {
    await emma.reload();
    await emma.getByText(fi("audit.read_attachment")).first().waitFor();
  });
  citizen.unharmed();
  professional.unharmed();
  await citizen.context.close();
  await professional.context.close();
});

test("too many files and one that is too large are refused before anything is sent", async () => {
  const { context, page, unharmed } = await openWindow(browser, "citizen");
  await signIn(page, "Timo Leinonen");
  await page.goto("/viestit/uusi");
  let uploads = 0;
  page.on("request", (request) => { uploads += request.url().includes("/attachments") && request.method() === "POST" ? 1 : 0; });
  const files = (count, buffer) => Array.from({ length: count }, (_, number) => (
    { name: `ohje-${number + 1}.pdf`, mimeType: "application/pdf", buffer }
  ));
  await page.getByLabel(fi("attachment.add")).setInputFiles(files(1, Buffer.alloc(20 * 1024 * 1024 + 1)));
  await page.getByText(fi("error.attachment_too_large")).waitFor();
  assert.equal(uploads, 0);
  await page.getByRole("button", { name: fi("attachment.remove_named", { name: "ohje-1.pdf" }) }).click();
  await page.getByLabel(fi("attachment.add")).setInputFiles(files(6, DOCUMENT));
  await page.getByText(fi("attachment.too_many")).waitFor();
  await page.getByRole("listitem").filter({ hasText: "ohje-5.pdf" }).getByText(/kt/).waitFor();
  assert.equal(uploads, 5);
  // What was uploaded is there when the page is loaded anew, and goes when it is removed.
  await page.reload();
  for (let number = 1; number <= 5; number += 1) {
    await page.getByRole("button", { name: fi("attachment.remove_named", { name: `ohje-${number}.pdf` }) }).click();
  }
  await page.waitForLoadState("networkidle");
  await page.reload();
  await page.getByText(fi("attachment.hint")).waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(await page.getByText("ohje-").count(), 0);
  unharmed();
  await context.close();
});
