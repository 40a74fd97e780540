// (c) Every address and fragment of every page leads somewhere, at a root and below a path, and from the page for what is
// not found at any depth. Pages are read with scripts off, so that nothing is mended by them.

import { resolve } from "../lib/server.mjs";
import { overPages, watch } from "../lib/browser.mjs";
import { references } from "../lib/inspect.mjs";

const MISSING = ["no-such-page", "no/such/page/", "articles/no-such-article/", "assets/none.css"];

/** Visits `addresses` on `server`, whose files are in `root`. */
export async function links(browser, server, root, addresses, report) {
  const check = `links and fragments resolve below ${server.base}`;
  const quiet = `no foreign request below ${server.base}, scripts off`;
  const pages = new Map();
  const everything = [...addresses.map((a) => [a, 200]), ...MISSING.map((a) => [a, 404])];
  await overPages(browser, { javaScriptEnabled: false }, everything, async (page, [address, status]) => {
    const done = watch(page, server.origin, (rule, where) => {
      // The browser tells of the missing page itself, which is meant to be missing.
      if (!(status === 404 && where.includes("404"))) report.fault(quiet, address, rule, where);
    });
    const url = server.url + address;
    const answer = await page.goto(url, { waitUntil: "load" });
    if (answer.status() !== status) report.fault(check, address, `answered with ${answer.status()}, not ${status}`, "");
    if (status === 404) await styled(page, check, address, report);
    report.looked(quiet);
    pages.set(url, { address, ...(await page.evaluate(references)) });
    done();
  });
  const fragments = new Map([...pages].map(([url, { ids }]) => [url, new Set(ids)]));
  for (const { address, found } of pages.values()) {
    for (const { url, at, kind } of found) {
      const target = new URL(url);
      if (["mailto:", "data:"].includes(target.protocol)) continue;
      if (target.origin !== server.origin) {
        if (!["http:", "https:"].includes(target.protocol)) report.fault(check, address, "not a web address", at);
        else if (!["href", "cite"].includes(kind)) report.fault(check, address, "loads from another host", at);
        continue;
      }
      report.looked(check);
      // The page for what is not found has no address of its own: where it leads to itself, only the fragment counts.
      const itself = target.origin + target.pathname === server.url + address;
      const there = itself ? { file: true } : await resolve(root, server.base, target.pathname);
      if (!target.pathname.startsWith(server.base)) report.fault(check, address, "leads out of the site", at);
      else if (there.redirect) report.fault(check, address, "leads to a folder without its slash", at);
      else if (!there.file) report.fault(check, address, "leads nowhere", at);
      else if (target.hash.length > 1) {
        const ids = fragments.get(target.origin + target.pathname);
        const id = decodeURIComponent(target.hash.slice(1));
        if (ids && !ids.has(id)) report.fault(check, address, "its fragment is not there", at);
      }
    }
  }
}

/** The page for what is not found has its style sheet wherever it is shown. */
async function styled(page, check, address, report) {
  const rules = await page.evaluate(() => document.styleSheets.length && getComputedStyle(document.body).fontFamily);
  if (!rules || !/sans|serif/i.test(rules)) report.fault(check, address, "has no style sheet there", "");
  const main = await page.evaluate(() => document.querySelector("main h1")?.textContent ?? "");
  if (main.trim() === "") report.fault(check, address, "is not the page for what is not found", "main h1");
}
