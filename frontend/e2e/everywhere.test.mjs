// Every page in every language, at 320 px and at a desk, light and dark; and the apps by keyboard alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LANGUAGES, checkPage, fi, openBrowser, openWindow, signIn, takePicture, texts } from "./browser.mjs";

const CITIZEN_PAGES = [
  "/", "/viestit", "/viestit/uusi", "/omat-tiedot", "/omat-tiedot/kaytto", "/omat-tiedot/nakyvyys",
  "/omat-tiedot/valtuudet", "/omat-tiedot/toisen-puolesta", "/omat-tiedot/kirjautumiset",
  "/omat-tiedot/lataus", "/omat-tiedot/sovellukset", "/lupa", "/eioo",
];
const OFFICE_PAGES = [
  ["Kaisa Rusanen", ["/pro/asiakkaat", "/pro/tietosuoja", "/pro/tietosuoja?osa=ei-avointa-asiaa", "/pro/tietosuoja?osa=haku"]],
  ["Jari Mustonen", ["/pro/rekisteri", "/pro/rekisteri/rajoitukset", "/pro/kayttajat", "/pro/kayttajat/uusi", "/pro/ohjelmat", "/pro/tili"]],
];

let browser;
before(async () => { browser = await openBrowser(); });
after(async () => { await browser.close(); });

async function choose(page, language) {
  await page.locator(`button[lang=${language}]`).click();
  await page.locator(`html[lang=${language}]`).waitFor();
}

for (const [width, height] of [[320, 640], [1280, 900]]) {
  for (const language of LANGUAGES) {
    test(`every page in ${language} at ${width} px`, async () => {
      const colorScheme = language === "sv" ? "dark" : "light";
      const citizen = await openWindow(browser, "citizen", { width, height, colorScheme });
      await citizen.page.getByRole("heading", { level: 1 }).waitFor();
      await checkPage(citizen.page, "sign-in");
      await signIn(citizen.page, "Aino Kemppainen");
      await choose(citizen.page, language);
      for (const path of CITIZEN_PAGES) {
        await citizen.page.goto(path);
        await citizen.page.getByRole("heading", { level: 1 }).waitFor();
        await citizen.page.waitForLoadState("networkidle").catch(() => {});
        await checkPage(citizen.page, `${path} in ${language}`);
        await takePicture(citizen.page, `citizen${path.replaceAll("/", "-")}-${language}-${width}`);
      }
      await citizen.page.goto("/viestit");
      await citizen.page.locator("main a[href^='/viestit/0']").first().click();
      await citizen.page.getByLabel(texts[language]["thread.reply"]).waitFor();
      await checkPage(citizen.page, `a conversation in ${language}`);
      await takePicture(citizen.page, `citizen-conversation-${language}-${width}`);
      citizen.unharmed();
      await citizen.context.close();

      const professional = await openWindow(browser, "professional", { width, height, colorScheme });
      await signIn(professional.page, "Riitta Juntunen");
      await choose(professional.page, language);
      const rows = professional.page.getByRole("region", { name: texts[language]["inbox.threads"] });
      await rows.getByRole("link").first().waitFor();
      await checkPage(professional.page, `the inbox in ${language}`);
      await takePicture(professional.page, `professional-inbox-${language}-${width}`);
      await rows.locator("a[href*='/viestit/']").first().click();
      await professional.page.getByLabel(texts[language]["inbox.reply"]).waitFor();
      await checkPage(professional.page, `the professional's conversation in ${language}`);
      await takePicture(professional.page, `professional-conversation-${language}-${width}`);
      professional.unharmed();
      await professional.context.close();
    });
  }
}

for (const [width, height] of [[320, 640], [1280, 900]]) {
  for (const language of LANGUAGES) {
    test(`the pages of those who look after the service in ${language} at ${width} px`, async () => {
      const colorScheme = language === "en" ? "dark" : "light";
      for (const [name, paths] of OFFICE_PAGES) {
        const { context, page, unharmed } = await openWindow(browser, "professional", { width, height, colorScheme });
        await signIn(page, name);
        await choose(page, language);
        for (const path of paths) {
          await page.goto(path);
          await page.getByRole("heading", { level: 1 }).waitFor();
          await page.waitForLoadState("networkidle").catch(() => {});
          await checkPage(page, `${path} in ${language}`);
          await takePicture(page, `${path.slice(1).replaceAll(/[/?=]/g, "-")}-${language}-${width}`);
        }
        unharmed();
        await context.close();
      }
    });
  }
}

test("the language that was chosen is remembered", async () => {
  const { context, page } = await openWindow(browser, "citizen");
  await choose(page, "sv");
  await page.reload();
  await page.getByRole("heading", { name: texts.sv["sign_in.title"], level: 1 }).waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "sv");
  await context.close();
});

test("a citizen signs in and writes by keyboard alone", async () => {
  const { context, page, unharmed } = await openWindow(browser, "citizen");
  const tabTo = async (locator) => {
    await locator.waitFor();
    for (let presses = 0; presses < 120; presses += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail("Tab does not lead there");
  };
  await tabTo(page.getByRole("button", { name: /Timo Leinonen/ }));
  await page.keyboard.press("Enter");
  await tabTo(page.getByRole("link", { name: fi("messages.write") }).first());
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: fi("new_thread.title") }).waitFor();
  await tabTo(page.getByRole("searchbox"));
  await page.keyboard.type("selkä");
  await tabTo(page.getByRole("radio").first());
  await page.keyboard.press("Space");
  await tabTo(page.getByLabel(fi("new_thread.text")));
  await page.keyboard.type("Selkä on ollut aamuisin kipeä.");
  await page.keyboard.press("Control+Enter");
  await page.locator(".message", { hasText: "aamuisin kipeä" }).waitFor();
  unharmed();
  await context.close();
});
