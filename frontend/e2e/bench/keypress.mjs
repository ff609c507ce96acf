// How long a key press takes in a questionnaire of 200 questions, 50 of which show by the answers to others and 50 of which are
// counted. From the `input` event until everything that it changes is in the page and laid out; painting comes on top. Writes
// target/dist/keypress.json, which the page of figures is made from. Needs BASE_URL, a server in demo mode, and CHROMIUM.
import { writeFileSync } from "node:fs";
import { openBrowser, openWindow, signIn } from "../browser.mjs";

const PRESSES = 200;
const text = (fi) => ({ fi, sv: "", en: "" });
const question = (number, kind, more = {}) => ({ linkId: `q${number}`, text: text(`Kysymys ${number}?`), isRequired: false, kind, ...more });

/** Fifty yes-or-no questions, fifty texts that show by them, fifty numbers with bounds, fifty scales. */
function form() {
  const items = [];
  for (let number = 0; number < 50; number += 1) {
    items.push(question(items.length, { type: "yes_no" }));
    const asked = { question: items.at(-1).linkId, operator: "equals", value: { type: "yes_no", value: true } };
    items.push(question(items.length, { type: "text" }, { showWhen: { join: "all", of: [asked] } }));
    items.push(question(items.length, { type: "number", min: 0, max: 300, decimals: 1 }));
    items.push(question(items.length, { type: "scale" }));
  }
  const scales = items.filter(({ kind }) => kind.type === "scale").map(({ linkId }) => linkId);
  const score = { code: "all", name: text("Yhteensä"), items: scales, isScreening: false };
  return { title: text("Kaksisataa kysymystä"), translations: { fi: "original", sv: "missing", en: "missing" }, items, scores: [score] };
}

/** Asks the API in the name of who is signed in. */
async function ask(page, app, method, path, body, headers = {}) {
  const [status, answer] = await page.evaluate(async ([app, method, path, body, headers]) => {
    const all = { "omasote-app": app, "content-type": "application/json", ...headers };
    const answer = await fetch(`/api/v1/${path}`, { method, headers: all, body: body && JSON.stringify(body) });
    return [answer.status, await answer.json()];
  }, [app, method, path, body, headers]);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
  return answer;
}

async function signedIn(browser, app, name) {
  const { page } = await openWindow(browser, app, { width: 1280, height: 900 });
  await signIn(page, name);
  return page;
}

const browser = await openBrowser();
try {
  const editor = await signedIn(browser, "professional", "Outi Väyrynen");
  const made = await ask(editor, "professional", "POST", "questionnaires", { form: form() });
  await ask(editor, "professional", "POST", `questionnaires/${made.id}/publish`, undefined, { "if-match": "*" });
  const citizen = await signedIn(browser, "citizen", "Aino Kemppainen");
  const { person } = await ask(citizen, "citizen", "GET", "me");
  const nurse = await signedIn(browser, "professional", "Hanna Huotari");
  const { units } = await ask(nurse, "professional", "GET", "me");
  const day = new Date().toISOString().slice(0, 10);
  const kind = { type: "questionnaire", questionnaireId: made.id };
  const task = await ask(nurse, "professional", "POST", `citizens/${person.id}/tasks`, { unitId: units[0].id, kind, title: "", text: "", window: { from: day, to: day } });
  await citizen.goto(`/tehtavat/${task.id}`);
  await citizen.locator(".form-item input").first().waitFor();
  const times = await citizen.evaluate(async (presses) => {
    const fields = [...document.querySelectorAll("input[inputmode=decimal]")];
    // What a press changes is done in microtasks; a task of its own would wait for the next frame and measure that.
    const settled = async () => { for (let turn = 0; turn < 20; turn += 1) await null; };
    const shown = () => document.querySelectorAll(".form-item:not([hidden])").length;
    const found = [];
    for (let press = 0; press < presses; press += 1) {
      const field = fields[press % fields.length];
      const begun = performance.now();
      field.value += String(press % 3);
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await settled();
      document.body.getBoundingClientRect();
      found.push(performance.now() - begun);
    }
    // What is answered with yes shows another question.
    const choices = [...document.querySelectorAll("fieldset")].map((group) => group.querySelectorAll("input[type=radio]"));
    for (const [radio] of choices.filter((radios) => radios.length === 2)) {
      const before = shown();
      const begun = performance.now();
      radio.click();
      await settled();
      document.body.getBoundingClientRect();
      found.push(performance.now() - begun);
      if (shown() !== before + 1) throw new Error("what shows was not there when the time was taken");
    }
    return found.sort((one, other) => one - other);
  }, PRESSES);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))];
  const figures = { presses: times.length, median: at(0.5), p95: at(0.95), most: at(1) };
  writeFileSync(new URL("../../../target/dist/keypress.json", import.meta.url), JSON.stringify(figures));
  console.log(figures);
} finally {
  await browser.close();
}
