// What a citizen measures at home: entered by big keys and by keyboard, asked about when it is unusual, without a connection, struck through.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { checkPage, eventually, fi, look, openBrowser, openWindow, ownData, signIn, takePicture } from "./browser.mjs";

const PHONE = { width: 320, height: 640, hasTouch: true };
const MARK = Date.now();
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

/** Touches the keys on the page, one after the other. */
async function touch(page, signs) {
  const keys = page.getByRole("group", { name: fi("measure.keys") });
  for (const sign of signs) await keys.getByRole("button", { name: sign, exact: true }).tap();
}

async function remark(page, words) {
  await page.getByText(fi("measure.time_and_remark")).click();
  await page.getByLabel(fi("measure.remark"), { exact: true }).fill(words);
}

const save = (page) => page.getByRole("button", { name: fi("measure.save"), exact: true });

test("a blood pressure is entered by touch, asked about, seen and struck through", async () => {
  const words = `Aamulla ${MARK}`;
  const { page, context, unharmed } = await openWindow(browser, "citizen", PHONE);
  await signIn(page, "Timo Leinonen");
  const navigation = page.getByRole("navigation", { name: fi("shell.navigation") });
  assert.equal(await navigation.getByRole("link", { name: fi("nav.guides") }).isVisible(), false, "five fit on a phone");
  await page.locator("main").getByRole("link", { name: fi("front.guides") }).waitFor();
  await navigation.getByRole("link", { name: fi("nav.measurements") }).tap();
  await page.getByRole("heading", { name: fi("nav.measurements"), level: 1 }).waitFor();
  await look(page, "measure.intro", "measure-overview");
  await page.goto("/mittaukset/uusi");
  await look(page, "measure.new_title", "measure-new");
  await page.setViewportSize(PHONE);
  await page.getByRole("link", { name: "Verenpaine", exact: true }).tap();
  await save(page).waitFor();
  await look(page, "measure.save", "measure-entry");
  await page.setViewportSize(PHONE);

  // Nothing typed, and what cannot be.
  await save(page).tap();
  await page.getByText(fi("field.required")).first().waitFor();
  await checkPage(page, "an entry with nothing in it");
  const [systolic, diastolic, pulse] = ["#systolic", "#diastolic", "#pulse"].map((id) => page.locator(id));
  await systolic.tap();
  await touch(page, "2507966");
  assert.deepEqual(await Promise.all([systolic, diastolic, pulse].map((field) => field.inputValue())), ["250", "79", "66"]);
  await remark(page, words);
  await save(page).tap();
  await page.getByText(/^Onko 250\/79/).waitFor();
  await look(page, "measure.ask_yes", "measure-asked");
  await page.setViewportSize(PHONE);
  await page.getByRole("button", { name: fi("measure.ask_correct") }).tap();
  for (let place = 0; place < 3; place += 1) await touch(page, [fi("measure.key_delete")]);
  await touch(page, "128");
  await save(page).tap();
  await page.getByRole("heading", { name: fi("measure.saved_title") }).waitFor();
  await page.getByText(fi("measure.state_in"), { exact: true }).first().waitFor();
  await page.getByRole("timer").waitFor();
  await look(page, "measure.saved_title", "measure-saved");
  await page.setViewportSize(PHONE);

  await page.getByRole("link", { name: fi("measure.done"), exact: true }).tap();
  const reading = page.locator(".reading", { hasText: words });
  await reading.waitFor();
  assert.match(await reading.innerText(), /128\/79, syke 66/);
  await look(page, "measure.days", "measure-kind");
  const slider = page.locator("input[type=range]").first();
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  assert.match(await slider.getAttribute("aria-valuetext"), /mmHg/);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: fi("measure.csv") }).click(),
  ]);
  const file = readFileSync(await download.path(), "utf8");
  assert.match(file, /^\ufeffPäivä;Kello;Yläpaine \(mmHg\);Alapaine \(mmHg\);Syke \(\/min\);/);
  assert.match(file, new RegExp(`;128;79;66;Tavoitteessa;;${words};`));

  await page.setViewportSize(PHONE);
  await reading.locator("summary").click();
  await reading.getByRole("button", { name: fi("measure.strike"), exact: true }).click();
  await checkPage(page, "whether it is struck through");
  await takePicture(page, "measure-strike");
  await reading.getByRole("button", { name: fi("measure.strike_confirm"), exact: true }).click();
  await reading.locator("s", { hasText: "128/79" }).waitFor();
  await checkPage(page, "a measurement that is struck through");
  await takePicture(page, "measure-struck");
  unharmed();
  await context.close();
});

test("what is far out says whom to call", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen", PHONE);
  await signIn(page, "Emma Karjalainen");
  await page.goto("/mittaukset/uusi/blood_pressure");
  await save(page).waitFor();
  await touch(page, "195112");
  await save(page).tap();
  await page.getByText(fi("measure.state_above_alarm"), { exact: true }).waitFor();
  await page.locator(".alarm-note").getByRole("link", { name: "116 117" }).waitFor();
  await look(page, "measure.alarm", "measure-alarm");
  await page.getByRole("link", { name: fi("measure.done"), exact: true }).click();
  await page.locator("main .alarm-note").waitFor();
  await page.goto("/mittaukset");
  await page.locator(".measure-card .alarm-note").first().waitFor();
  await look(page, "measure.alarm", "measure-alarm-overview");
  unharmed();
  await context.close();
});

test("by keyboard, from the navigation to what was recorded", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen");
  await signIn(page, "Aino Kemppainen");
  await page.getByRole("navigation", { name: fi("shell.navigation") }).getByRole("link", { name: fi("nav.measurements") }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: fi("nav.measurements"), level: 1 }).waitFor();
  await page.goto("/mittaukset/uusi/temperature");
  await page.locator("#value").focus();
  await page.keyboard.type("60");
  await page.keyboard.press("Enter");
  await page.getByText(fi("measure.out_of_range", { least: "30", most: "44" })).waitFor();
  await eventually(() => page.locator("#value").evaluate((field) => field === document.activeElement), true, "the field is gone to");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("36,8");
  await page.keyboard.press("Enter");
  const title = page.getByRole("heading", { name: fi("measure.saved_title") });
  await title.waitFor();
  await eventually(() => title.evaluate((heading) => heading === document.activeElement), true, "the heading has the focus");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await eventually(() => page.locator("#value").evaluate((field) => field === document.activeElement), true, "another can be typed");

  // A number that is whole leads to the next field.
  await page.goto("/mittaukset/uusi/blood_pressure");
  await page.locator("#systolic").focus();
  await page.keyboard.type("1288171", { delay: 60 });
  assert.equal(await page.locator("#pulse").inputValue(), "71");
  await page.keyboard.press("Enter");
  await title.waitFor();
  unharmed();
  await context.close();
});

test("without a connection an entry waits on the device, and is sent once", async () => {
  const words = `Ilman yhteyttä ${MARK}`;
  const { page, context, unharmed } = await openWindow(browser, "citizen", PHONE);
  await page.locator("button[lang=fi]").first().click();
  await signIn(page, "Birgitta Lindholm");
  await page.goto("/mittaukset/uusi/pulse");
  await save(page).waitFor();
  await context.setOffline(true);
  await page.getByText(fi("shell.connection_lost")).waitFor();
  await touch(page, "66");
  await remark(page, words);
  await save(page).click();
  await page.getByRole("heading", { name: fi("measure.waits") }).waitFor();
  await checkPage(page, "an entry that waits");
  await takePicture(page, "measure-waits");
  await page.getByRole("link", { name: fi("measure.done"), exact: true }).click();
  await page.getByRole("heading", { name: fi("measure.waiting_title") }).waitFor();
  await page.locator(".measure-card[data-waiting]").getByText(fi("measure.waits")).waitFor();
  await checkPage(page, "a kind without a connection");
  await page.getByRole("link", { name: fi("nav.measurements") }).first().click();
  await page.getByRole("heading", { name: fi("measure.waiting_title") }).waitFor();
  await takePicture(page, "measure-waits-overview");

  await context.setOffline(false);
  await eventually(() => page.locator("[data-waiting]").count(), 0, "it was sent");
  await page.goto("/mittaukset/pulse");
  const reading = page.locator(".reading", { hasText: words });
  await reading.first().waitFor();
  assert.equal(await reading.count(), 1);
  await page.reload();
  await reading.first().waitFor();
  assert.equal(await reading.count(), 1);
  unharmed();
  await context.close();
});

test("a professional sees all kinds on one screen, the worst first, and sets a target in place", async () => {
  const citizen = await openWindow(browser, "citizen");
  await signIn(citizen.page, "Aino Kemppainen");
  const { id } = await ownData(citizen.page);
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await page.goto(`/pro/asiakkaat/${id}`);
  const part = page.getByRole("region", { name: fi("client.measurements") });
  await part.getByText("Verenpaine").waitFor();
  await part.getByRole("link", { name: fi("client.measurements_open") }).click();
  const weight = page.getByRole("region", { name: "Paino", exact: true });
  await weight.waitFor();
  await page.getByRole("region", { name: "Verenpaine", exact: true }).locator("figure.chart").first().waitFor();
  await look(page, "client.measurements", "measurements-office");

  await weight.getByRole("button", { name: fi("target.set"), exact: true }).click();
  await weight.getByLabel(fi("target.low"), { exact: true }).fill("75");
  await weight.getByLabel(fi("target.high"), { exact: true }).fill("60");
  await weight.getByLabel(fi("target.reason"), { exact: true }).fill("Turvotuksen seuranta");
  await weight.getByRole("button", { name: fi("target.save"), exact: true }).click();
  await weight.getByText(fi("target.invalid")).waitFor();
  await look(page, "target.about", "measurements-target");
  await weight.getByLabel(fi("target.low"), { exact: true }).fill("60,5");
  await weight.getByLabel(fi("target.high"), { exact: true }).fill("75");
  await weight.getByRole("button", { name: fi("target.save"), exact: true }).click();
  await weight.getByRole("button", { name: fi("target.save"), exact: true }).waitFor({ state: "detached" });
  await page.getByRole("region", { name: "Paino", exact: true }).getByRole("button", { name: fi("measure.figures"), exact: true }).click();
  await page.getByRole("heading", { name: fi("measure.figures") }).waitFor();
  await checkPage(page, "figures of a client");

  await citizen.page.goto("/mittaukset/weight");
  await citizen.page.getByText("60,5–75,0").first().waitFor();
  citizen.unharmed();
  unharmed();
  await citizen.context.close();
  await context.close();
});
