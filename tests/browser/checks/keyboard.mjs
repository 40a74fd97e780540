// (h) The keyboard alone: the skip link comes first and works, focus can always be seen, cards open and close.

import { withPage } from "../lib/browser.mjs";
import { defineName, focused } from "../lib/inspect.mjs";
import { accessible, axe } from "./pages.mjs";

const SKIP = "the skip link comes first and leads to the text";
const FOCUS = "keyboard focus can be seen";
const CARDS = "cards open from the keyboard, close with Escape and give focus back";

/** The most stops of a page that are walked through. */
const STOPS = 60;

/** Walks through every address of `addresses`. */
export async function keyboard(browser, server, addresses, report) {
  const options = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" };
  await withPage(browser, options, async (page) => {
    for (const address of addresses) {
      await page.goto(server.url + address);
      await page.evaluate(defineName);
      await skip(page, address, report);
      await page.goto(server.url + address);
      await page.evaluate(defineName);
      await walk(page, address, report);
      await page.goto(server.url + address);
      await page.evaluate(defineName);
      await cards(page, address, report);
    }
  });
}

async function skip(page, address, report) {
  report.looked(SKIP);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(focused);
  if (!first?.at.includes("skip")) return report.fault(SKIP, address, "is not the first stop", first?.at ?? "nothing");
  if (!first.inside || !first.sized) report.fault(SKIP, address, "cannot be seen while it has the focus", first.at);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const inMain = await page.evaluate(() => {
    const main = document.querySelector("main");
    return !main.querySelector("a[href], button, input, summary") || main.contains(document.activeElement);
  });
  if (!inMain) report.fault(SKIP, address, "does not lead into the text", "");
}

async function walk(page, address, report) {
  const seen = new Set();
  for (let i = 0; i < STOPS; i += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(focused);
    if (!stop) break;
    report.looked(FOCUS);
    if (seen.has(stop.at)) continue;
    seen.add(stop.at);
    if (!stop.outlined) report.fault(FOCUS, address, "has no outline", stop.at);
    if (!stop.inside) report.fault(FOCUS, address, "is outside the window", stop.at);
  }
}

/** For one mark of each kind: open its card by Enter, look at it, close it by Escape. */
async function cards(page, address, report) {
  const kinds = await page.evaluate(() => {
    const found = new Map();
    for (const link of document.querySelectorAll(".brief a[href^='#']")) {
      const card = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (card?.popover && !found.has(card.className)) found.set(card.className, link.getAttribute("href"));
    }
    return [...found.values()];
  });
  if (kinds.length > 0) await page.evaluate(axe);
  for (const href of kinds) {
    report.looked(CARDS);
    const link = page.locator(`.brief a[href="${href}"]`).first();
    const card = page.locator(`[id="${href.slice(1)}"]`);
    const open = () => card.evaluate((e) => e.matches(":popover-open"));
    await link.focus();
    if (!(await open())) await page.keyboard.press("Enter");
    if (!(await open())) {
      report.fault(CARDS, address, "does not open", href);
      continue;
    }
    if ((await link.getAttribute("aria-expanded")) !== "true") report.fault(CARDS, address, "does not say that it is open", href);
    const seen = await card.evaluate((e) => {
      const box = e.getBoundingClientRect();
      return box.height > 20 && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1;
    });
    if (!seen) report.fault(CARDS, address, "opens outside the window", href);
    await accessible(page, `${address} with a card open`, "light", report);
    await page.keyboard.press("Escape");
    if (await open()) report.fault(CARDS, address, "does not close with Escape", href);
    const back = await link.evaluate((e) => document.activeElement === e);
    if (!back) report.fault(CARDS, address, "does not give the focus back", href);
  }
}
