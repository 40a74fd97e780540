// (d) With scripts off the text can be read, cards open as targets of their links, and layers switch by style alone.

import { withPage } from "../lib/browser.mjs";
import { defineName } from "../lib/inspect.mjs";

const READ = "readable without scripts";
const CARDS = "cards open without scripts";
const LAYERS = "layers switch without scripts";

/** Looks at every address of `addresses`, those of articles. */
export async function scriptless(browser, server, addresses, report) {
  for (const width of [1280, 375]) {
    const options = { javaScriptEnabled: false, viewport: { width, height: 800 }, reducedMotion: "reduce" };
    await withPage(browser, options, async (page) => {
      for (const address of addresses) {
        await page.goto(server.url + address);
        await page.evaluate(defineName);
        const where = `${address} at ${width} px`;
        await readable(page, where, report);
        await cards(page, where, report);
        await page.goto(server.url + address);
        await page.evaluate(defineName);
        await layers(page, where, report);
      }
    });
  }
}

async function readable(page, where, report) {
  const paragraphs = await page.evaluate(() => {
    const all = [...document.querySelectorAll("main .brief > p")];
    const hidden = all.filter((p) => !p.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || p.innerText.trim() === "");
    return { count: all.length, hidden: hidden.map(window.__name) };
  });
  report.looked(READ, paragraphs.count);
  for (const at of paragraphs.hidden) report.fault(READ, where, "a paragraph cannot be seen", at);
}

/** Opens one card of each kind by its link, and closes it by the link back. */
async function cards(page, where, report) {
  const links = await page.evaluate(() => {
    const kinds = new Map();
    for (const link of document.querySelectorAll(".brief a[href^='#']")) {
      const card = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (card?.classList.contains("card") && !kinds.has(card.className)) kinds.set(card.className, link.getAttribute("href"));
    }
    return [...kinds.values()];
  });
  for (const href of links) {
    report.looked(CARDS);
    const card = page.locator(`[id="${href.slice(1)}"]`);
    if (await card.isVisible()) report.fault(CARDS, where, "is open before it is asked for", href);
    await page.locator(`.brief a[href="${href}"]`).first().click({ timeout: 30_000 }).catch((error) => {
      report.fault(CARDS, where, "its link cannot be clicked", `${href}: ${error.message.split("\n")[0]}`);
    });
    if (!(await shown(card))) report.fault(CARDS, where, "does not open", href);
    await card.locator(".ty a").first().click({ timeout: 30_000 }).catch((error) => {
      report.fault(CARDS, where, "cannot be closed", `${href}: ${error.message.split("\n")[0]}`);
    });
    if (await card.isVisible()) report.fault(CARDS, where, "stays open", href);
  }
}

/** Whether an element is displayed within the window. */
async function shown(locator) {
  if (!(await locator.isVisible())) return false;
  return locator.evaluate((e) => {
    const box = e.getBoundingClientRect();
    return box.height > 20 && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth;
  });
}

/** Switches each layer off and looks whether its marks lose their look, and the words stay. */
async function layers(page, where, report) {
  const ids = await page.evaluate(() => [...document.querySelectorAll(".layers input[type=checkbox]")].map((e) => e.id));
  for (const id of ids) {
    const kind = id.replace(/^_?ly-/, "");
    const before = await look(page, kind);
    if (before.marks === "[]") continue;
    report.looked(LAYERS);
    const box = page.locator(`[id="${id}"]`);
    await box.click({ timeout: 30_000 }).catch((error) => {
      report.fault(LAYERS, where, "cannot be switched", `#${id}: ${error.message.split("\n")[0]}`);
    });
    const after = await look(page, kind);
    if (after.marks === before.marks) report.fault(LAYERS, where, "is switched off and its marks stay", `#${id}`);
    if (kind !== "note" && after.words !== before.words) report.fault(LAYERS, where, "takes words away", `#${id}`);
    await box.click({ timeout: 30_000 }).catch(() => {});
  }
}

/** How the marks of a kind look, and the words of the text. */
function look(page, kind) {
  return page.evaluate((kind) => {
    const marks = kind === "note" ? ".brief .ref, .brief .note" : kind === "quote" ? ".brief .said, .brief .spk" : `.brief .a-${kind}`;
    const styles = [...document.querySelectorAll(marks)].slice(0, 5).map((e) => {
      const s = getComputedStyle(e);
      const t = getComputedStyle(e, "::before");
      return [s.display, s.textDecorationLine, s.textDecorationStyle, s.borderBottomStyle, s.borderBottomWidth, s.backgroundImage, s.backgroundColor, s.color, t.color, t.content].join("|");
    });
    const words = [...document.querySelectorAll(".brief > p")].map((p) => {
      const copy = p.cloneNode(true);
      for (const extra of copy.querySelectorAll(".ref, .spk, .pn, .vh")) extra.remove();
      return copy.textContent;
    });
    const hidden = [...document.querySelectorAll(`.brief .a-${kind}`)].filter((e) => !e.checkVisibility({ checkVisibilityCSS: true })).length;
    return { marks: JSON.stringify(styles), words: JSON.stringify([words, hidden]) };
  }, kind);
}
