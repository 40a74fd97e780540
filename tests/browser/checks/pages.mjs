// Every page, in each of the ways that readers see it: (b) accessible, (c) quiet, (e) narrow, (f) printed, (i) touched.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { overPages, watch } from "../lib/browser.mjs";
import { defineName, onPaper, overflow, smallTargets } from "../lib/inspect.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const ACCESSIBLE = "accessible, light at 1440 px and dark at 375 px";
const QUIET = "no console message, policy violation or foreign request";
const NARROW = "no sideways scrolling at 320 px";
const TARGETS = "targets of 24 px or words in a line, at 375 px";
const PAPER = "printed with its cards and without controls";

/** Visits every address of `addresses` below `origin`. */
export async function pages(browser, server, addresses, report) {
  const options = { viewport: { width: 1440, height: 1000 }, reducedMotion: "reduce", colorScheme: "light" };
  await overPages(browser, options, addresses, async (page, address) => {
    const done = watch(page, server.origin, (rule, where) => report.fault(QUIET, address, rule, where));
    await page.emulateMedia({ media: "screen", colorScheme: "light", reducedMotion: "reduce" });
    await page.setViewportSize({ width: 1440, height: 1000 });
    const answer = await page.goto(server.url + address, { waitUntil: "load" });
    if (answer.status() !== 200) report.fault(QUIET, address, `answered with ${answer.status()}`, "");
    report.looked(QUIET);
    await page.evaluate(defineName);
    await page.evaluate(AXE);
    await accessible(page, address, "light", report);

    await page.setViewportSize({ width: 320, height: 800 });
    const wide = await page.evaluate(overflow);
    report.looked(NARROW);
    if (wide) report.fault(NARROW, address, `${wide.over} px too wide`, wide.where);

    await page.emulateMedia({ media: "screen", colorScheme: "dark", reducedMotion: "reduce" });
    await page.setViewportSize({ width: 375, height: 800 });
    await accessible(page, address, "dark", report);
    const targets = await page.evaluate(smallTargets);
    report.looked(TARGETS, targets.looked);
    for (const { at, size } of targets.faults) report.fault(TARGETS, address, size, at);

    await page.emulateMedia({ media: "print", colorScheme: "dark", reducedMotion: "reduce" });
    const paper = await page.evaluate(onPaper);
    report.looked(PAPER);
    for (const at of paper.printed) report.fault(PAPER, address, "a control is printed", at);
    for (const at of paper.missing) report.fault(PAPER, address, "a card is not printed", at);
    if (paper.text === 0) report.fault(PAPER, address, "nothing is printed", "main");
    done();
  });
}

/** Runs axe-core, with its best practices, on the page as it is. */
export async function accessible(page, address, scheme, report) {
  const violations = await page.evaluate(async () => {
    const result = await window.axe.run(document, { resultTypes: ["violations"], elementRef: false });
    return result.violations.map((v) => ({ id: v.id, nodes: v.nodes.map((n) => `${n.target.join(" ")} (${n.any[0]?.message ?? n.failureSummary})`) }));
  });
  report.looked(ACCESSIBLE);
  for (const { id, nodes } of violations) {
    for (const node of nodes) report.fault(ACCESSIBLE, address, `${id} in ${scheme}`, node);
  }
}

/** The source of axe-core, for checks of a page in a certain state. */
export const axe = AXE;
