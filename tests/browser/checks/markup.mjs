// (a) The HTML, CSS and SVG of the site keep to the rules of their languages, says the W3C's checker.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

const CHECK = "markup is valid";

// What browsers and the specifications named have, and the checker does not know yet.
const NEWER = [
  /^CSS: .*Property “(position-area|position-anchor|position-try-fallbacks|anchor-name)” doesn't exist/, // CSS Anchor Positioning 1
  /^CSS: .*Unrecognized at-rule “@(view-transition|position-try)”/, // CSS View Transitions 2, CSS Anchor Positioning 1
  /^CSS: “mask”: “linear-gradient\(.*\)” is not a “mask” value/, // CSS Masking 1: an image alone is a mask layer
];

/** Runs the checker over the folder `site`. */
export async function markup(site, files, report) {
  const jar = String(createRequire(import.meta.url)("vnu-jar"));
  const options = ["-Xss4m", "-jar", jar, "--format", "json", "--also-check-css", "--also-check-svg", "--errors-only", "--exit-zero-always"];
  const checked = files.filter((file) => /\.(html|css|svg)$/.test(file));
  const { code, text } = await run("java", [...options, ...checked.map((file) => join(site, file))]);
  if (code !== 0) {
    report.fault(CHECK, "(checker)", `ended with status ${code}`, text.slice(0, 400));
    return;
  }
  report.looked(CHECK, checked.length);
  for (const { url, lastLine, message, extract } of JSON.parse(text).messages) {
    if (NEWER.some((known) => known.test(message))) continue;
    const page = url ? relative(site, new URL(url).pathname) : "(checker)";
    report.fault(CHECK, page, message, (extract ?? `line ${lastLine}`).trim().replace(/\s+/g, " "));
  }
}

function run(program, args) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    const chunks = [];
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.on("error", fail);
    child.on("close", (code) => done({ code, text: Buffer.concat(chunks).toString() }));
  });
}
