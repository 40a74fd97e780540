// (g) The site opened as files, without a server: the home page's links lead to pages, not to listings of folders.

import { stat } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";
import { withPage } from "../lib/browser.mjs";

const CHECK = "links lead to pages when opened as files";

/** Opens `root/index.html` and an article from there. */
export async function folder(browser, root, report) {
  await withPage(browser, { viewport: { width: 1280, height: 800 } }, async (page) => {
    page.on("pageerror", (error) => report.fault(CHECK, "index.html", "uncaught error", String(error)));
    let url = pathToFileURL(join(root, "index.html")).href;
    for (let depth = 0; depth < 3; depth += 1) {
      await page.goto(url);
      const links = await linksOf(page);
      for (const link of links) {
        report.looked(CHECK);
        const entry = await stat(fileURLToPath(link.href.split(/[?#]/)[0])).catch(() => null);
        if (!entry?.isFile()) report.fault(CHECK, url.slice(url.lastIndexOf("/public/") + 1), "leads to no file", link.raw);
      }
      const on = links.find((l) => /\/(articles|events)\/.+\/index\.html/.test(l.href) && l.href.split("#")[0] !== url);
      if (!on) {
        report.fault(CHECK, url.slice(url.lastIndexOf("/") + 1), "has no link to an article or event", "");
        return;
      }
      url = on.href.split("#")[0];
    }
    const plain = await page.evaluate(() => getComputedStyle(document.body).fontFamily);
    if (!/sans|serif/i.test(plain)) report.fault(CHECK, url, "has no style sheet", plain);
  });
}

/** The links of a page, after its script has had its say. */
function linksOf(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("a[href]")]
      .filter((a) => a.protocol === "file:")
      .map((a) => ({ href: a.href, raw: a.getAttribute("href") })),
  );
}
