// What the journeys share: a browser, people who sign in, and the checks that every page must pass.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";

const BASE = process.env.BASE_URL ?? "http://127.0.0.1:8080";
const PICTURES = new URL(process.env.PICTURES ?? "../../target/pictures/", import.meta.url);
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];

export const LANGUAGES = ["fi", "sv", "en"];
export const texts = Object.fromEntries(LANGUAGES.map((language) => [language, read(language)]));

function read(language) {
  return JSON.parse(readFileSync(new URL(`../ui/locales/${language}.json`, import.meta.url), "utf8"));
}

/** The Finnish text of a key, filled. */
export function fi(key, values = {}) {
  assert.ok(key in texts.fi, `no text ${key}`);
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), texts.fi[key]);
}

export async function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ARGUMENTS });
}

/**
 * A window of one app, with cookies of its own. Anything the page throws, and any refusal by the content security
 * policy, fails the test that calls `unharmed`.
 */
export async function openWindow(browser, app, { width = 1280, height = 900, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, baseURL: BASE, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const harm = [];
  page.on("pageerror", (error) => harm.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && /Security Policy|TrustedHTML|panicked/.test(message.text())) harm.push(message.text());
  });
  await page.goto(app === "professional" ? "/pro/" : "/");
  return { context, page, unharmed: () => assert.deepEqual(harm, []) };
}

/** Signs in as a demo person by their name. */
export async function signIn(page, name) {
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.getByRole("button", { name: fi("session.sign_out") }).waitFor();
}

/** Begins a matter about renewing a prescription with a unit. */
export async function writeTo(page, unit, words) {
  await page.goto("/viestit/uusi");
  await page.getByRole("radio", { name: `Reseptin uusiminen ${unit}`, exact: true }).check();
  await page.getByLabel(fi("new_thread.text")).fill(words);
  await page.getByRole("button", { name: fi("messages.send") }).click();
  await page.locator(".message", { hasText: words }).waitFor();
}

/** Goes to a part of the citizen's own data. */
export async function openMyData(page, part) {
  await page.getByRole("navigation", { name: fi("shell.navigation") }).getByRole("link", { name: fi("nav.my_data") }).click();
  await page.locator("main").getByRole("link", { name: fi(part) }).click();
  await page.getByRole("heading", { name: fi(part), level: 1 }).waitFor();
}

/** What the server knows of the signed-in citizen. */
export async function ownData(page) {
  const ask = (path) => page.evaluate(async (address) => {
    const answer = await fetch(address, { headers: { "Omasote-App": "citizen" } });
    return answer.json();
  }, path);
  const me = await ask("/api/v1/me");
  return ask(`/api/v1/citizens/${me.person.id}`);
}

/** The identity code of a demo person, made as the demo county makes it. */
export function identityCode({ givenName, familyName, birthDate }, isMan) {
  const plain = (name) => name.toLowerCase().normalize("NFD").replace(/[^a-z]/g, "");
  const name = `${plain(givenName)}.${plain(familyName)}`;
  const sum = [...name].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const number = 900 + (sum % 50) * 2 + (isMan ? 1 : 0);
  const [year, month, day] = birthDate.split("-");
  const digits = `${day}${month}${year.slice(2)}${number}`;
  const check = "0123456789ABCDEFHJKLMNPRSTUVWXY"[Number(digits) % 31];
  return `${day}${month}${year.slice(2)}${year < "2000" ? "-" : "A"}${number}${check}`;
}

/** No axe violation, and nothing wider than the window. */
export async function checkPage(page, what) {
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(stillness);
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  assert.deepEqual(found, [], `axe on ${what}`);
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${what} is ${content} px wide in a window of ${window} px`);
}

/** What comes into view is judged once it has come. */
function stillness() {
  const ends = (animation) => animation.effect.getComputedTiming().endTime !== Infinity;
  return Promise.allSettled(document.getAnimations().filter(ends).map((animation) => animation.finished)).then(() => {});
}

export async function takePicture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: new URL(`${name}.png`, PICTURES).pathname });
}

/** Looks at a page in each language, on a desk and on a phone; leaves it on a desk and in Finnish. */
export async function look(page, shows, name) {
  for (const [size, viewport] of [["desk", { width: 1280, height: 900 }], ["phone", { width: 320, height: 640 }]]) {
    await page.setViewportSize(viewport);
    for (const language of LANGUAGES) {
      await page.locator(`button[lang=${language}]`).first().click();
      await page.getByText(texts[language][shows].split("{")[0]).first().waitFor();
      await checkPage(page, `${name} on a ${size}, in ${language}`);
      await takePicture(page, `${name}-${size}-${language}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.locator("button[lang=fi]").first().click();
}

/** The number that a link of the main navigation shows; 0 when it shows none. */
export async function badge(page, label) {
  const link = page.getByRole("navigation", { name: fi("shell.navigation") }).getByRole("link", { name: label });
  const shown = link.locator(".badge");
  return (await shown.count()) === 0 ? 0 : Number(await shown.innerText());
}

/** Waits until a question has the expected answer. */
export async function eventually(question, expected, what) {
  let answer;
  for (let tries = 0; tries < 100; tries += 1) {
    answer = await question();
    if (answer === expected) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(answer, expected, what);
}
