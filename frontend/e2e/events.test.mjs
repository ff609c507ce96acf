// Appointments: given by a unit, wished elsewhere, moved, confirmed and cancelled; booked from offered times; for another; in a calendar.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkPage, fi, look, openBrowser, openMyData, openWindow, ownData, signIn, takePicture, writeTo } from "./browser.mjs";

const PHONE = { width: 320, height: 640 };
const MARK = Date.now();
const VISIT = `Haavan tarkistus ${MARK}`;
const OFFERED = `Rokotus ${MARK}`;
const UNIT = "Terveysaseman vastaanotto, Kuhmo";
let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

/** A day so many days ahead, as a field of a date takes it. */
function ahead(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

async function press(page, key) {
  await page.getByRole("button", { name: fi(key), exact: true }).click();
}

test("a visit is given, seen at once, wished elsewhere, moved, confirmed and cancelled", async () => {
  const citizen = await openWindow(browser, "citizen");
  const aino = citizen.page;
  await signIn(aino, "Aino Kemppainen");
  const { id } = await ownData(aino);
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await page.goto(`/pro/asiakkaat/${id}`);

  // The professional gives a visit; what is missing is told.
  await press(page, "event.give");
  await press(page, "event.give_now");
  await page.getByText(fi("event.time_invalid")).waitFor();
  await page.getByLabel(fi("event.clock"), { exact: true }).fill("10:15");
  await press(page, "event.give_now");
  await page.getByText(fi("field.required")).first().waitFor();
  await look(page, "event.give_now", "event-give");
  await page.getByLabel(fi("event.title"), { exact: true }).fill(VISIT);
  await page.getByLabel(fi("event.place"), { exact: true }).fill("Kuhmon terveysasema, huone 4");
  await page.getByLabel(fi("event.directions"), { exact: true }).fill("Sisäänkäynti A.\nIlmoittaudu automaatilla.");
  await page.getByLabel(fi("event.preparation"), { exact: true }).fill("Pidä haava kuivana edellisenä iltana.");
  await page.getByLabel(fi("event.date"), { exact: true }).fill(ahead(2));
  await press(page, "event.give_now");
  await page.getByRole("link", { name: VISIT }).waitFor();
  await look(page, "events.title", "event-client");

  // What is to be done before it hangs on it.
  await page.getByRole("link", { name: VISIT }).click();
  await page.getByText(fi("event.tasks_none")).waitFor();
  await press(page, "event.task_give");
  await page.getByLabel(fi("task.name"), { exact: true }).fill("Ota kuva haavasta");
  await page.getByLabel(fi("event.task_to"), { exact: true }).fill("kaksi");
  await press(page, "task.give_now");
  await page.getByText(fi("event.task_days_invalid")).first().waitFor();
  await page.getByLabel(fi("event.task_to"), { exact: true }).fill("1");
  await look(page, "event.task_give", "event-task-give");
  await press(page, "task.give_now");
  await page.getByRole("link", { name: "Ota kuva haavasta" }).waitFor();
  await look(page, "event.tasks", "event-office");

  // The citizen's front page shows it without being loaded again.
  const card = aino.locator(".event-card", { hasText: VISIT });
  await card.getByText(fi("event.to_confirm")).waitFor();
  await look(aino, "agenda.title", "event-front");
  await card.getByRole("link", { name: VISIT }).click();
  await aino.getByText("Pidä haava kuivana").waitFor();
  await aino.getByRole("region", { name: fi("event.tasks") }).getByRole("link", { name: "Ota kuva haavasta" }).waitFor();
  await look(aino, "event.ask_other", "event-page");
  await press(aino, "event.ask_other");
  await press(aino, "event.wish_send");
  await aino.getByText(fi("field.required")).first().waitFor();
  await aino.getByLabel(fi("event.wish"), { exact: true }).fill("Iltapäivä sopisi paremmin.");
  await checkPage(aino, "a wish for another time");
  await press(aino, "event.wish_send");
  await aino.getByText(fi("event.asked")).waitFor();

  // The unit sees the wish first, and moves the visit.
  await page.goto("/pro/asiakkaat");
  const coming = page.getByRole("region", { name: fi("events.of_unit", { unit: UNIT }) });
  await coming.getByText("Iltapäivä sopisi paremmin.").waitFor();
  await look(page, "slots.title", "event-unit");
  await coming.getByRole("link", { name: VISIT }).click();
  await page.getByRole("heading", { name: VISIT, level: 1 }).waitFor();
  await press(page, "event.change");
  await page.getByLabel(fi("event.clock"), { exact: true }).fill("14:30");
  await look(page, "event.change_now", "event-change");
  await press(page, "event.change_now");
  await page.getByText(fi("event.pro_unconfirmed")).waitFor();

  // The citizen sees the new time at once, confirms it, and cancels after all.
  await aino.getByText(/14[.:]30/).first().waitFor();
  await press(aino, "event.confirm");
  await aino.getByText(fi("event.confirmed_visit")).waitFor();
  await page.getByText(fi("event.pro_confirmed")).waitFor();
  await press(aino, "event.cancel");
  await aino.getByLabel(fi("event.reason")).fill("Haava on parantunut.");
  await checkPage(aino, "cancelling");
  await press(aino, "event.cancel_now");
  await aino.locator(".event-state", { hasText: fi("event.cancelled") }).waitFor();
  await checkPage(aino, "a cancelled event");
  await page.getByText("Haava on parantunut.").waitFor();
  await aino.goto("/tehtavat");
  await aino.getByRole("region", { name: fi("agenda.done") }).getByRole("link", { name: VISIT }).waitFor();
  await look(aino, "agenda.intro", "agenda");
  citizen.unharmed();
  unharmed();
  await citizen.context.close();
  await context.close();
});

test("what the patient information system keeps is changed there, and who cancels here sees that it is told there", async () => {
  const citizen = await openWindow(browser, "citizen");
  const aino = citizen.page;
  await signIn(aino, "Aino Kemppainen");
  const { id } = await ownData(aino);
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await page.goto(`/pro/asiakkaat/${id}`);
  await page.getByRole("link", { name: "Hoitajan soitto" }).click();
  await page.getByText(fi("event.pro_ehr")).waitFor();
  assert.equal(await page.getByRole("button", { name: fi("event.change"), exact: true }).count(), 0);
  assert.equal(await page.getByRole("button", { name: fi("event.call_off"), exact: true }).count(), 0);
  await look(page, "event.pro_ehr", "event-ehr-office");

  await aino.goto("/tehtavat");
  await aino.getByRole("link", { name: "Hoitajan soitto" }).click();
  await press(aino, "event.cancel");
  await press(aino, "event.cancel_now");
  await aino.getByText(fi("event.ehr_waiting")).waitFor();
  await look(aino, "event.ehr_waiting", "event-ehr-waiting");
  await page.getByText(fi("event.pro_ehr_waiting")).waitFor();
  unharmed();
  citizen.unharmed();
  await context.close();
  await citizen.context.close();
});

test("of two who want the same offered time one has it, and the other sees what is free", async () => {
  const { page, context, unharmed } = await openWindow(browser, "professional");
  await signIn(page, "Hanna Huotari");
  await page.goto("/pro/asiakkaat");
  await page.getByRole("region", { name: fi("events.of_unit", { unit: UNIT }) }).getByRole("link", { name: fi("slots.title") }).click();
  await page.getByLabel(fi("event.title"), { exact: true }).fill(OFFERED);
  await page.getByLabel(fi("event.place"), { exact: true }).fill("Kuhmon terveysasema, huone 2");
  await page.getByLabel(fi("event.date"), { exact: true }).fill(ahead(2));
  await page.getByLabel(fi("event.clock"), { exact: true }).fill("08:00");
  await page.getByLabel(fi("event.length"), { exact: true }).fill("20");
  await page.getByLabel(fi("slots.count"), { exact: true }).fill("3");
  await page.getByLabel(fi("slots.pause"), { exact: true }).fill("10");
  await press(page, "slots.offer");
  const rows = page.getByRole("listitem").filter({ hasText: OFFERED });
  await rows.nth(2).waitFor();
  await look(page, "slots.offer", "slots");
  await rows.nth(2).getByRole("button", { name: fi("slots.take_back") }).click();
  await rows.nth(2).waitFor({ state: "detached" });

  const first = await openWindow(browser, "citizen");
  const second = await openWindow(browser, "citizen", PHONE);
  await signIn(first.page, "Aino Kemppainen");
  await signIn(second.page, "Matti Kemppainen");
  // Who has a matter in the unit is offered its times.
  await writeTo(second.page, UNIT, `Reseptiasia ${MARK}`);
  const pick = async (one) => {
    await one.goto("/ajat/varaa");
    const row = one.getByRole("listitem").filter({ hasText: OFFERED }).first();
    await row.getByRole("button", { name: new RegExp(fi("booking.pick")) }).click();
    await row.getByRole("button", { name: fi("booking.book") }).waitFor();
    return row;
  };
  const [early, late] = [await pick(first.page), await pick(second.page)];
  await look(first.page, "booking.title", "booking");
  await early.getByRole("button", { name: fi("booking.book") }).click();
  await first.page.getByRole("heading", { name: OFFERED, level: 1 }).waitFor();
  await first.page.getByText(fi("event.confirmed_visit")).waitFor();
  // What the second sees is old by now; a live update may have said so already.
  const book = late.getByRole("button", { name: fi("booking.book") });
  if (await book.isVisible()) {
    await book.click();
    await second.page.getByText(fi("event.slot_taken")).waitFor();
    await checkPage(second.page, "who comes second");
    await takePicture(second.page, "booking-taken");
  }
  await second.page.getByRole("listitem").filter({ hasText: OFFERED }).nth(1).waitFor({ state: "detached" });
  await rows.filter({ hasText: fi("slots.booked") }).first().waitFor();
  for (const window of [first, second]) {
    window.unharmed();
    await window.context.close();
  }
  unharmed();
  await context.close();
});

test("who acts for a child handles the child's appointments", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen", PHONE);
  await signIn(page, "Emma Karjalainen");
  await openMyData(page, "represented.title");
  await page.getByRole("listitem").filter({ hasText: "Venla Karjalainen" }).getByRole("button", { name: fi("acting.begin") }).click();
  await page.getByRole("region", { name: fi("acting.bar_label") }).waitFor();
  const card = page.locator(".event-card").first();
  await card.waitFor();
  await checkPage(page, "the front page of a child");
  await takePicture(page, "event-child-front");
  await card.getByRole("link").click();
  await press(page, "event.confirm");
  await page.getByText(fi("event.confirmed_visit")).waitFor();
  await checkPage(page, "a child's event");
  assert.equal(await page.getByText(fi("event.seen_by")).count(), 0, "hiding is the person's own");
  await page.goto("/ajat/kalenteri");
  await page.getByText(fi("error.outside_mandate")).waitFor();
  unharmed();
  await context.close();
});

test("a calendar's address is made, told once, and taken back", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen");
  await signIn(page, "Timo Leinonen");
  await page.goto("/tehtavat");
  await page.getByRole("link", { name: fi("calendar.link") }).click();
  await page.getByText(fi("calendar.none")).waitFor();
  await look(page, "calendar.make", "calendar");
  await press(page, "calendar.make");
  const address = await page.locator(".calendar-address").innerText();
  await look(page, "calendar.made", "calendar-made");
  const fetched = async () => {
    const answer = await page.request.get(new URL(new URL(address).pathname, page.url()).href);
    return [answer.status(), await answer.text()];
  };
  const [status, calendar] = await fetched();
  assert.equal(status, 200);
  assert.match(calendar, /BEGIN:VEVENT/);
  assert.doesNotMatch(calendar, /ysioter/, "nothing of what it is about");
  await page.reload();
  await page.getByText(fi("calendar.tells_time")).waitFor();
  assert.equal(await page.locator(".calendar-address").count(), 0, "told once");
  await press(page, "calendar.revoke");
  await checkPage(page, "asking whether to revoke the address");
  await press(page, "calendar.revoke_now");
  await page.getByText(fi("calendar.none")).waitFor();
  assert.equal((await fetched())[0], 404);
  unharmed();
  await context.close();
});

test("what is too near is not changed here, and the phone number is there", async () => {
  const { page, context, unharmed } = await openWindow(browser, "citizen", PHONE);
  await signIn(page, "Aino Kemppainen");
  await page.goto("/tehtavat");
  const done = page.getByRole("region", { name: fi("agenda.done") });
  await done.getByRole("link", { name: "Verenpaineen mittaus" }).first().click();
  await page.locator(".event-state", { hasText: fi("event.past") }).waitFor();
  await page.locator("a[href^='tel:']").first().waitFor();
  assert.equal(await page.getByRole("button", { name: fi("event.cancel") }).count(), 0);
  await checkPage(page, "an event that is over");
  await takePicture(page, "event-past-phone");
  unharmed();
  await context.close();
});
