// A static server on loopback that behaves like GitHub Pages: a folder's address serves its index.html, a folder's
// address without a slash leads to the one with it, and whatever is missing is answered with 404.html.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".jsonld": "application/ld+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".ics": "text/calendar",
  ".csv": "text/csv; charset=utf-8",
};

/** Finds what an address below `base` leads to: a file, another address, or nothing. */
export async function resolve(root, base, pathname) {
  if (`${pathname}/` === base) return { redirect: base };
  if (!pathname.startsWith(base)) return {};
  let relative;
  try {
    relative = decodeURIComponent(pathname.slice(base.length));
  } catch {
    return {};
  }
  const file = normalize(join(root, relative));
  if (file !== normalize(root) && !file.startsWith(normalize(root + sep))) return {};
  const entry = await stat(file).catch(() => null);
  if (entry?.isFile()) return { file };
  if (!entry?.isDirectory()) return {};
  if (!pathname.endsWith("/")) return { redirect: `${pathname}/` };
  const index = join(file, "index.html");
  return (await stat(index).catch(() => null))?.isFile() ? { file: index } : {};
}

/** Serves `root` below the path `base` (`/` or `/repo/`) on a free port of loopback, until `close` is called. */
export async function serve(root, base) {
  const server = createServer(async (request, response) => {
    try {
      const { pathname } = new URL(request.url, "http://localhost");
      const found = await resolve(root(), base, pathname);
      if (found.redirect) {
        response.writeHead(301, { location: found.redirect }).end();
        return;
      }
      const file = found.file ?? join(root(), "404.html");
      const body = await readFile(file);
      response.writeHead(found.file ? 200 : 404, {
        "content-type": TYPES[extname(file)] ?? "application/octet-stream",
        "cache-control": "no-cache",
      });
      response.end(body);
    } catch (error) {
      response.writeHead(500, { "content-type": "text/plain" }).end(String(error));
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, base, url: origin + base, close: () => new Promise((done) => server.close(done)) };
}
