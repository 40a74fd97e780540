// Keeps a page that is being edited up to date. The server adds it to what it serves; no built page has it.
(() => {
  "use strict";
  const OWN = "/_dateline/";
  const script = document.currentScript;
  const base = decodeURIComponent(script.dataset.base);
  const files = new Set(JSON.parse(script.dataset.files));
  let { stamp } = script.dataset;
  let leaving = false;

  // --- Place in the page -----------------------------------------------------------------------------------------

  const KEY = "dateline-place";

  /** The element with an id that is nearest to the top of the window, and how far below the top it stands. */
  function anchor() {
    let best = null;
    for (const element of document.querySelectorAll("main [id], article [id]")) {
      const box = element.getBoundingClientRect();
      if (box.height === 0) continue;
      if (!best || Math.abs(box.top) < Math.abs(best.top)) best = { id: element.id, top: box.top };
    }
    return best;
  }

  function keepPlace() {
    try {
      const open = [...document.querySelectorAll("details[id]")].map((d) => [d.id, d.open]);
      const place = { path: location.pathname, x: scrollX, y: scrollY, anchor: scrollY > 0 ? anchor() : null, open };
      sessionStorage.setItem(KEY, JSON.stringify(place));
      history.scrollRestoration = "manual";
    } catch {
      // Without storage the browser's own memory has to do.
    }
  }

  /** Puts back what was in view, by the same paragraph even where the text above it has grown or shrunk. */
  function findPlace() {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
    } catch {
      return;
    }
    if (!place || place.path !== location.pathname) return;
    for (const [id, open] of place.open) {
      const details = document.getElementById(id);
      if (details instanceof HTMLDetailsElement) details.open = open;
    }
    let left = null;
    const go = () => {
      if (left !== null && Math.abs(scrollY - left) > 1) return; // somebody has scrolled since
      const element = place.anchor && document.getElementById(place.anchor.id);
      const y = element ? scrollY + element.getBoundingClientRect().top - place.anchor.top : place.y;
      scrollTo({ left: place.x, top: y, behavior: "instant" });
      left = scrollY;
    };
    go();
    // Fonts and images that come late move what is below them.
    if (document.readyState === "complete") return done();
    addEventListener("load", () => { go(); done(); }, { once: true });
    function done() {
      history.scrollRestoration = "auto";
    }
  }

  function reload() {
    if (leaving) return;
    leaving = true;
    keepPlace();
    location.reload();
  }

  // --- Changes ---------------------------------------------------------------------------------------------------

  /** The path in the output folder that an address of this site leads to, or null. */
  function fileOf(address) {
    let url;
    try {
      url = new URL(address, document.baseURI);
      if (url.origin !== location.origin) return null;
      const path = decodeURIComponent(url.pathname);
      return path.startsWith(base) ? path.slice(base.length) : null;
    } catch {
      return null;
    }
  }

  function styleLinks() {
    return [...document.querySelectorAll('link[rel~="stylesheet"][href]')];
  }

  /** Whether the page is made of one of these files, or has loaded one. */
  function concerns(changed) {
    if (changed.some((file) => files.has(file))) return true;
    const loaded = performance.getEntriesByType("resource").map((entry) => fileOf(entry.name));
    const named = [...document.querySelectorAll("[src]")].map((element) => fileOf(element.getAttribute("src")));
    const used = new Set([...loaded, ...named]);
    return changed.some((file) => used.has(file));
  }

  /** Loads changed style sheets anew; each takes the place of the old one once it is there. */
  function restyle(changed, version) {
    const links = styleLinks();
    for (const file of changed) {
      const own = links.filter((link) => fileOf(link.href) === file);
      if (own.length === 0 && concerns([file])) return reload(); // imported by another sheet
      for (const old of own) {
        const url = new URL(old.href);
        url.searchParams.set("v", version);
        const fresh = old.cloneNode();
        fresh.href = url.href;
        fresh.addEventListener("load", () => old.remove(), { once: true });
        fresh.addEventListener("error", () => fresh.remove(), { once: true });
        old.after(fresh);
      }
    }
  }

  // --- Faults ----------------------------------------------------------------------------------------------------

  let panel = null;

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text; // never as markup: it quotes texts of unknown origin
    return element;
  }

  function hide() {
    panel?.remove();
    panel = null;
  }

  function onKey(event) {
    if (event.key !== "Escape" || !panel) return;
    event.stopPropagation();
    hide();
  }

  function show(faults) {
    hide();
    if (faults.length === 0) return;
    panel = make("div");
    panel.id = "dateline-faults";
    panel.lang = "en";
    panel.dir = "ltr";
    const root = panel.attachShadow({ mode: "open" });
    const sheet = make("link");
    sheet.rel = "stylesheet";
    sheet.href = OWN + "faults.css";
    const box = make("section", "box");
    box.tabIndex = 0;
    box.setAttribute("role", "alert");
    box.setAttribute("aria-labelledby", "heading");
    const heading = make("h2", "", faults.length === 1 ? "The site has a fault" : `The site has ${faults.length} faults`);
    heading.id = "heading";
    const close = make("button", "close", "Dismiss");
    close.type = "button";
    close.title = "Escape";
    close.addEventListener("click", hide);
    const list = make("ol");
    for (const fault of faults) list.append(item(fault));
    box.append(heading, list);
    if (!("noSite" in document.documentElement.dataset)) {
      box.append(make("p", "foot", "You see the last good site until this is mended."));
    }
    box.append(close);
    root.append(sheet, box);
    document.documentElement.append(panel);
  }

  function item(fault) {
    const entry = make("li");
    if (fault.file) {
      const place = fault.line ? `${fault.file}:${fault.line}:${fault.column}` : fault.file;
      entry.append(make("code", "place", place));
    }
    const what = make("p", "what");
    if (fault.code) what.append(make("b", "code", `${fault.severity}[${fault.code}]`), " ");
    what.append(fault.message);
    entry.append(what);
    if (fault.note) entry.append(make("p", "note", fault.note));
    if (fault.help) entry.append(make("p", "help", `Help: ${fault.help}`));
    return entry;
  }

  // --- Listening -------------------------------------------------------------------------------------------------

  const reactions = {
    files: (changed) => { if (concerns(changed)) reload(); },
    styles: (changed, at) => restyle(changed, at),
    faults: show,
    reset: reload,
    moved: ({ from, to }) => {
      if (!location.pathname.startsWith(from)) return;
      leaving = true;
      location.replace(to + location.pathname.slice(from.length) + location.search + location.hash);
    },
  };

  function hear({ name, stamp: at, data }) {
    if (leaving) return;
    if (at) stamp = at;
    reactions[name]?.(data, at);
  }

  const PAUSE = 2000;
  let source = null;
  let direct = false;
  let timer = 0;

  /** Only while the page is in view: a browser keeps few connections to one server, and asks later for what it missed. */
  function listen() {
    if (source || document.hidden || leaving) return;
    const since = `?since=${encodeURIComponent(stamp)}`;
    try {
      source = direct ? connect(`${OWN}events${since}`) : employ(`${OWN}worker.js${since}`);
    } catch {
      again();
    }
  }

  /** A worker goes by a policy of its own, where the page may be forbidden every connection. */
  function employ(address) {
    const worker = new Worker(address);
    worker.addEventListener("message", (event) => hear(event.data));
    worker.addEventListener("error", again);
    return () => worker.terminate();
  }

  /** For pages that are forbidden workers. */
  function connect(address) {
    const events = new EventSource(address);
    for (const name of Object.keys(reactions)) {
      events.addEventListener(name, (event) => hear({ name, stamp: event.lastEventId, data: JSON.parse(event.data) }));
    }
    events.addEventListener("error", () => { if (events.readyState === EventSource.CLOSED) again(); });
    return () => events.close();
  }

  /** The server is down, or one of the two ways is barred: try the other after a while. */
  function again() {
    rest();
    direct = !direct;
    timer = setTimeout(listen, PAUSE);
  }

  function rest() {
    clearTimeout(timer);
    source?.();
    source = null;
  }

  findPlace();
  listen();
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => { if (event.persisted) reload(); });
})();
