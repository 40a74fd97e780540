// Builds the site twice, for a root and for a path, and checks what came out in a real browser.
//
// usage: node main.mjs --dateline BINARY --site FOLDER --public FOLDER
//
// BINARY builds the site in FOLDER; `--public` is a build of it for a root, without a base URL.

import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { launch } from "./lib/browser.mjs";
import { Report } from "./lib/report.mjs";
import { serve } from "./lib/server.mjs";
import { markup } from "./checks/markup.mjs";
import { pages } from "./checks/pages.mjs";
import { links } from "./checks/links.mjs";
import { scriptless } from "./checks/scriptless.mjs";
import { keyboard } from "./checks/keyboard.mjs";
import { folder } from "./checks/folder.mjs";
import { live } from "./checks/live.mjs";

const { values } = parseArgs({
  options: { dateline: { type: "string" }, site: { type: "string" }, public: { type: "string" } },
});
const [dateline, site, root] = [values.dateline, values.site, values.public].map((path) => resolve(path));
const report = new Report();
const below = await mkdtemp(join(tmpdir(), "dateline-browser-"));
const browser = await launch();
const atRoot = await serve(() => root, "/");
const atPath = await serve(() => below, "/repo/");

try {
  const built = spawnSync(dateline, ["build", "--root", site, "--out", below, "--base-url", atPath.url, "--quiet"], { stdio: "inherit" });
  if (built.status !== 0) throw new Error(`the build for ${atPath.base} ended with status ${built.status}`);

  const files = (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
  const html = files.filter((file) => file.endsWith(".html"));
  if (html.length === 0) throw new Error(`${root} has no pages`);
  // The page for what is not found is looked at under its own name too, and redirect pages only for their links.
  const addresses = html.map((file) => file.replace(/(^|\/)index\.html$/, "$1"));
  const few = (kind) => addresses.filter((a) => a.startsWith(`${kind}/`) && a !== `${kind}/`);
  const articles = few("articles").filter((a) => a.split("/").length === 3);
  const samples = ["", articles[0], few("events")[0], few("topics")[0], few("places")[0], "timeline/", "search/"];

  await timed("markup", () => markup(root, files, report));
  await timed("pages", () => pages(browser, atRoot, addresses, report));
  await timed("links at a root", () => links(browser, atRoot, root, addresses, report));
  await timed("links below a path", () => links(browser, atPath, below, addresses, report));
  await timed("without scripts", () => scriptless(browser, atRoot, articles, report));
  await timed("keyboard", () => keyboard(browser, atRoot, samples.filter((a) => addresses.includes(a)), report));
  await timed("as files", () => folder(browser, root, report));
  await timed("edited", () => live(browser, dateline, site, report));
} finally {
  await browser.close();
  await Promise.all([atRoot.close(), atPath.close()]);
  await rm(below, { recursive: true, force: true });
}
process.exitCode = report.print((line) => console.log(line)) ? 0 : 1;

async function timed(what, work) {
  const start = performance.now();
  await work();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
