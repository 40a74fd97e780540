// What is asked of a page from inside. Each function is sent to the browser as it is, so it uses nothing around it.

/** A short selector of every element that is asked for by `window.__name(element)`. */
export function defineName() {
  window.__name = (element) => {
    const parts = [];
    for (let at = element; at && at.nodeType === 1 && parts.length < 4; at = at.parentElement) {
      const classes = [...at.classList].slice(0, 2).map((c) => `.${c}`).join("");
      parts.unshift(at.localName + (at.id ? `#${at.id}` : classes));
      if (at.id) break;
    }
    return parts.join(" > ");
  };
}

/** Every address that the page refers to, and every fragment that can be led to. */
export function references() {
  const found = [];
  const add = (element, value, kind) => {
    if (value === null || value === "") return;
    let url;
    try {
      url = new URL(value, document.baseURI).href;
    } catch {
      url = `invalid:${value}`;
    }
    found.push({ url, raw: value, kind, at: `${element.localName}[${kind}="${value}"]` });
  };
  for (const kind of ["href", "src", "action", "poster", "data", "formaction", "cite"]) {
    for (const element of document.querySelectorAll(`[${kind}]`)) add(element, element.getAttribute(kind), kind);
  }
  for (const element of document.querySelectorAll("[srcset], [imagesrcset]")) {
    const list = element.getAttribute("srcset") ?? element.getAttribute("imagesrcset");
    for (const part of list.split(",")) add(element, part.trim().split(/\s+/)[0], "srcset");
  }
  const refresh = document.querySelector("meta[http-equiv=refresh i]");
  if (refresh) add(refresh, /url=(.*)$/i.exec(refresh.content)?.[1] ?? null, "refresh");
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  const named = [...document.querySelectorAll("a[name]")].map((e) => e.name);
  return { found, ids: [...ids, ...named] };
}

/** How far the page is wider than its window, in CSS pixels, and the elements that stick out. */
export function overflow() {
  const width = document.documentElement.clientWidth;
  const over = document.documentElement.scrollWidth - width;
  if (over <= 0) return null;
  const clipped = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== "visible") return true;
    }
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter(
    (e) => e.getBoundingClientRect().right > width + 0.5 && !clipped(e),
  );
  return { over, where: wide.slice(0, 3).map(window.__name).join(", ") };
}

/** Targets that are smaller than 24 by 24 pixels and not words in a line of text. */
export function smallTargets() {
  const LEAST = 23.99;
  const faults = [];
  let looked = 0;
  const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']";
  for (const element of document.querySelectorAll(selector)) {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    const label = element.closest("label");
    const boxes = [...(label ?? element).getClientRects()].filter((b) => b.width > 1 && b.height > 1);
    if (boxes.length === 0) continue; // kept for screen readers only
    looked += 1;
    if (boxes.some((b) => b.width >= LEAST && b.height >= LEAST)) continue;
    const line = getComputedStyle(element).display === "inline" && element.textContent.trim() !== "";
    if (line) continue;
    const { width, height } = boxes[0];
    faults.push({ at: window.__name(element), size: `${Math.round(width)} by ${Math.round(height)} px` });
  }
  return { looked, faults };
}

/** Elements that paper has no use for and that would be printed, and cards that would not. */
export function onPaper() {
  const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true }) && element.getClientRects().length > 0;
  const controls = "header nav, footer nav, form, button, .skip, .theme, .pager";
  const printed = [...document.querySelectorAll(controls)].filter(shown).map(window.__name);
  const cards = [...document.querySelectorAll(".card")];
  return {
    printed,
    cards: cards.length,
    missing: cards.filter((card) => !shown(card) || card.textContent.trim() === "").map(window.__name),
    text: document.querySelector("main")?.innerText.trim().length ?? 0,
  };
}

/** Whether the focused element can be seen, has an outline, and where it is. */
export function focused() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const shape = element.closest("label") ?? element;
  const outline = (s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
  const box = shape.getBoundingClientRect();
  return {
    at: window.__name(element),
    outlined: outline(style) || outline(getComputedStyle(shape)),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    sized: box.width > 1 && box.height > 1,
  };
}
