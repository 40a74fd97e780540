// Starts Chromium, and hands work to a few of its pages at a time.

import { cpus } from "node:os";
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox", // the checks may run as root, where Chromium's sandbox refuses to start
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the Chromium at `CHROMIUM`, else Debian's. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: ARGUMENTS,
  });
}

/** Calls `work(page, item)` for every item, over as many pages as there are cores (two at least). */
export async function overPages(browser, options, items, work) {
  const queue = [...items];
  const worker = async () => {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(page, item);
    } finally {
      await context.close();
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, cpus().length) }, worker));
}

/** One page of its own, closed after `work(page)`. */
export async function withPage(browser, options, work) {
  const context = await browser.newContext(options);
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Watches a page for what no page may do. `done()` stops watching. */
export function watch(page, origin, fault) {
  const listeners = {
    console: (message) => {
      if (["error", "warning"].includes(message.type())) fault(`console ${message.type()}`, message.text());
    },
    pageerror: (error) => fault("uncaught error", String(error)),
    request: (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`) && !url.startsWith("data:")) fault("request to another host", url);
    },
    requestfailed: (request) => {
      // A page left before its fonts have come cancels them, which is no fault.
      const reason = request.failure()?.errorText ?? "";
      if (reason !== "net::ERR_ABORTED") fault(`request failed (${reason})`, request.url());
    },
  };
  for (const [name, listener] of Object.entries(listeners)) page.on(name, listener);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) page.off(name, listener);
  };
}
