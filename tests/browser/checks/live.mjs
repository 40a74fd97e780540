// (h) A site that is being edited: an open page follows its sources by itself, under its own strict policy.

import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { watch, withPage } from "../lib/browser.mjs";

const CHECK = "open pages follow their sources";

/** Copies the sources of `site`, watches them with `dateline`, and edits them under an open page. */
export async function live(browser, dateline, site, report) {
  const folder = await mkdtemp(join(tmpdir(), "dateline-live-"));
  for (const name of ["dateline.toml", "corpus", "content", "themes"]) {
    await cp(join(site, name), join(folder, name), { recursive: true });
  }
  const args = ["watch", "--root", folder, "--port", "0", "--base-url", "https://example.org/repo/"];
  const server = spawn(dateline, args, { stdio: ["ignore", "pipe", "pipe"] });
  // What is wrong with the edited sources is told there too.
  let told = "";
  server.stderr.on("data", (chunk) => { told += chunk; });
  try {
    const home = await address(server).catch((error) => { throw new Error(`${error.message}: ${told}`); });
    for (const colorScheme of ["light", "dark"]) {
      const options = { viewport: { width: 1280, height: 600 }, colorScheme };
      await withPage(browser, options, (page) => edit(page, home, folder, report));
    }
  } finally {
    server.kill("SIGINT");
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where the server says it is. */
async function address(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const found = /^Serving (\S+)/.exec(line);
    if (found) return found[1];
  }
  throw new Error("dateline watch ended without serving");
}

async function edit(page, home, folder, report) {
  const id = "voa-2013-08-13";
  const path = `articles/${id}/`;
  const source = join(folder, "corpus", `${id}.md`);
  const style = join(folder, "themes/default/static/style.css");
  const [text, css] = await Promise.all([readFile(source, "utf8"), readFile(style, "utf8")]);
  const expect = async (what, work) => {
    report.looked(CHECK);
    try {
      if ((await work()) === false) report.fault(CHECK, path, what, "");
    } catch (error) {
      report.fault(CHECK, path, what, String(error).split("\n")[0]);
    }
  };
  const done = watch(page, new URL(home).origin, (rule, where) => report.fault(CHECK, path, rule, where));
  await page.goto(home + path, { waitUntil: "load" });
  const placeOf = () =>
    page.evaluate(() => {
      const shown = [...document.querySelectorAll("main p[id], main li[id]")].find((e) => e.getBoundingClientRect().top >= 0);
      return shown && { id: shown.id, top: shown.getBoundingClientRect().top };
    });

  await expect("changed words appear by themselves", async () => {
    await page.evaluate(() => scrollTo(0, 700));
    const before = await placeOf();
    await writeFile(source, `${text.trimEnd()}\n\nWords that were not there before.\n`);
    await page.waitForFunction(() => document.body?.textContent.includes("Words that were not there before."));
    await page.waitForLoadState("load");
    const settled = ({ id, top }) => Math.abs(document.getElementById(id).getBoundingClientRect().top - top) < 2;
    await page.waitForFunction(settled, before);
  });

  await expect("a changed style sheet is swapped without loading the page anew", async () => {
    await page.evaluate(() => { window.__same = true; });
    await writeFile(style, `${css}\nbody { outline-offset: 7px }\n`);
    await page.waitForFunction(() => getComputedStyle(document.body).outlineOffset === "7px");
    await page.waitForFunction(() => document.querySelectorAll('link[href*="style.css"]').length === 1);
    return page.evaluate(() => window.__same === true && scrollY > 0);
  });

  await expect("faults are shown over the page with their place", async () => {
    await writeFile(source, text.replace(/^published = .*$/m, 'published = "<b>ninth</b>"'));
    const panel = page.getByRole("alert");
    await panel.waitFor({ state: "visible" });
    const shown = await panel.innerText();
    const place = new RegExp(`corpus/${id}\\.md:\\d+:\\d+`);
    const words = await page.evaluate(() => document.body?.textContent.includes("<b>ninth"));
    return place.test(shown) && shown.includes("<b>ninth</b>") && /error\[[a-z-]+\]/.test(shown) && !words;
  });

  await expect("the list of faults is styled, focusable and readable", async () => {
    const look = await page.evaluate(() => {
      const box = document.getElementById("dateline-faults").shadowRoot.querySelector(".box");
      box.focus();
      const style = getComputedStyle(box);
      const light = (colour) => colour.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) > 382;
      return {
        fixed: style.position === "fixed",
        focused: box.getRootNode().activeElement === box,
        apart: light(style.color) !== light(style.backgroundColor),
        dark: !light(style.backgroundColor) === matchMedia("(prefers-color-scheme: dark)").matches,
      };
    });
    return Object.values(look).every(Boolean);
  });

  await expect("Escape dismisses the faults", async () => {
    await page.keyboard.press("Escape");
    await page.getByRole("alert").waitFor({ state: "detached" });
    return page.evaluate(() => window.__same === true);
  });

  await expect("faults vanish when they are mended", async () => {
    await writeFile(source, text.replace(/^published = .*$/m, 'published = "no day"'));
    await page.getByRole("alert").waitFor({ state: "visible" });
    await writeFile(source, text);
    await page.getByRole("alert").waitFor({ state: "detached" });
    await page.waitForFunction(() => document.body && !document.body.textContent.includes("Words that were not there before."));
  });

  await expect("the page is back as it was", async () => {
    await writeFile(style, css);
    await page.waitForFunction(() => getComputedStyle(document.body).outlineOffset !== "7px");
  });
  done();
}
