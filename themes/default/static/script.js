/* Everything on the page works without this file. It remembers the colours and the annotation layers, opens cards on
   hover, focus or click beside the word, keeps notes open where they stand in the margin, copies citations, and
   narrows the index of the search page. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement;
  var memo = {
    get: function (k) { try { return localStorage.getItem("dateline-" + k); } catch (e) { return null; } },
    set: function (k, v) { try { localStorage.setItem("dateline-" + k, v); } catch (e) { /* private mode */ } }
  };
  var all = function (s, n) { return Array.prototype.slice.call((n || doc).querySelectorAll(s)); };

  /* Before first paint, so that a chosen scheme never flashes. A page whose scheme is fixed says so itself. */
  var fixed = root.dataset.theme;
  function paint(t) { if (!fixed && t) { root.dataset.theme = t; } }
  paint(memo.get("theme"));

  doc.addEventListener("DOMContentLoaded", function () {
    scheme(); layers(); cards(); notes(); years(); copy(); find(); files();
  });

  function scheme() {
    var saved = memo.get("theme");
    all("input[name=theme]").forEach(function (i) {
      if (saved) { i.checked = i.value === saved; }
      i.addEventListener("change", function () { memo.set("theme", i.value); paint(i.value); });
    });
  }

  function layers() {
    var form = doc.querySelector(".layers"), boxes = all(".layers input"), off = (memo.get("off") || "").split(" ");
    if (!form) { return; }
    function apply() {
      boxes.forEach(function (b) {
        all(".brief .a-" + b.id.slice(3)).forEach(function (a) { a.tabIndex = b.checked ? 0 : -1; });
      });
    }
    /* Layers that this page lacks keep what was chosen for them. */
    function keep() {
      var here = boxes.map(function (b) { return b.id; });
      off = off.filter(function (id) { return here.indexOf(id) < 0; });
      boxes.forEach(function (b) { if (!b.checked) { off.push(b.id); } });
      memo.set("off", off.join(" "));
    }
    boxes.forEach(function (b) { b.checked = off.indexOf(b.id) < 0; });
    form.addEventListener("change", function () { apply(); keep(); });
    form.addEventListener("submit", function (e) { e.preventDefault(); form.reset(); apply(); keep(); });
    apply();
  }

  function cards() {
    if (!HTMLElement.prototype.showPopover) { return; }
    var fine = matchMedia("(hover:hover) and (pointer:fine)").matches, timer, pinned = false, was = false, current = null;
    function hide(card) { if (card && card.matches(":popover-open")) { card.hidePopover(); } }
    function show(link, card) {
      if (card.matches(":popover-open") && current === link) { return; }
      hide(card);
      link.style.anchorName = "--here";
      card.style.positionAnchor = "--here";
      current = link;
      card.showPopover({ source: link });
      link.setAttribute("aria-expanded", "true");
    }
    function soon(fn, ms) { clearTimeout(timer); timer = setTimeout(fn, ms); }
    all("a[href^='#']").forEach(function (link) {
      var card = link.classList.contains("a") || link.classList.contains("spk") ? doc.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
      if (!card || !card.popover) { return; }
      link.removeAttribute("title");
      link.setAttribute("aria-expanded", "false");
      link.addEventListener("click", function (e) {
        if (e.metaKey || e.ctrlKey || e.shiftKey) { return; }
        e.preventDefault();
        clearTimeout(timer);
        if (was) { was = false; hide(card); return; }
        show(link, card); pinned = true;
      });
      link.addEventListener("pointerdown", function () { was = pinned && current === link && card.matches(":popover-open"); });
      card.addEventListener("toggle", function (e) {
        if (e.newState === "closed" && current === link) {
          link.style.anchorName = ""; link.setAttribute("aria-expanded", "false"); current = null; pinned = false;
        }
      });
      /* Cards without links may open on focus: they add no stops for the Tab key. */
      if (!card.querySelector("p:not(.ty) a")) {
        all(".ty a", card).forEach(function (x) { x.tabIndex = -1; });
        link.addEventListener("focus", function () { if (link.matches(":focus-visible")) { show(link, card); } });
        link.addEventListener("blur", function () { if (!pinned) { hide(card); } });
      }
      if (fine) {
        link.addEventListener("pointerenter", function () { if (!pinned) { soon(function () { show(link, card); }, 160); } });
        link.addEventListener("pointerleave", function () { if (!pinned) { soon(function () { hide(card); }, 260); } });
        card.addEventListener("pointerenter", function () { clearTimeout(timer); });
        card.addEventListener("pointerleave", function () { if (!pinned) { soon(function () { hide(card); }, 260); } });
      }
    });
    all(".card .ty a").forEach(function (x) {
      x.textContent = doc.body.dataset.close;
      x.setAttribute("role", "button");
      x.addEventListener("keydown", function (e) { if (e.key === " ") { e.preventDefault(); x.click(); } });
      x.addEventListener("click", function (e) { e.preventDefault(); var l = current; hide(x.closest(".card")); if (l) { l.focus(); } });
    });
  }

  function notes() {
    var wide = matchMedia("(min-width:50rem)");
    function sync() { all("details.note").forEach(function (d) { d.open = wide.matches; }); }
    wide.addEventListener("change", sync);
    sync();
    addEventListener("beforeprint", function () { all("details.note").forEach(function (d) { d.open = true; }); });
    addEventListener("afterprint", sync);
  }

  /* Years and letters left empty by a filter step aside. */
  function years() {
    function apply() {
      all(".yr,.az .letter").forEach(function (y) {
        y.hidden = false;
        y.hidden = !all("li", y).some(function (e) { return e.offsetParent; });
      });
    }
    all(".filter input").forEach(function (i) { i.addEventListener("change", apply); });
    return apply;
  }

  function copy() {
    if (!navigator.clipboard) { return; }
    all("[data-copy]").forEach(function (b) {
      var word = b.firstElementChild, was = word.textContent;
      b.hidden = false;
      b.addEventListener("click", function () {
        navigator.clipboard.writeText(doc.getElementById(b.dataset.copy).textContent).then(function () {
          word.textContent = doc.body.dataset.copied;
          setTimeout(function () { word.textContent = was; }, 1800);
        });
      });
    });
  }

  /* Every word typed has to begin a word of the entry; Hangul may stand anywhere in it. */
  function find() {
    var form = doc.getElementById("_find"), box = doc.getElementById("_q"), count = doc.getElementById("_count");
    if (!form || !count) { return; }
    var plain = function (t) { return t.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC"); };
    var items = all(".az li").map(function (li) { return { li: li, text: " " + plain(li.textContent).replace(/[^\p{L}\p{N}]+/gu, " ") }; });
    var tidy = years();
    function apply() {
      var words = plain(box.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean), n = 0;
      items.forEach(function (i) {
        i.li.hidden = !words.every(function (w) { return i.text.indexOf(/[\u3000-\u9fff\uac00-\ud7af]/.test(w) ? w : " " + w) >= 0; });
        if (!i.li.hidden) { n += 1; }
      });
      tidy();
      count.hidden = !words.length;
      count.textContent = (n === 1 ? count.dataset.one : n ? count.dataset.other : count.dataset.none).replace("{n}", n);
    }
    form.hidden = false;
    box.value = new URLSearchParams(location.search).get("q") || "";
    box.addEventListener("input", apply);
    form.addEventListener("submit", function (e) { e.preventDefault(); apply(); });
    if (box.value) { apply(); }
  }

  /* Opened from a folder there is no server to find the index of one. */
  function files() {
    if (location.protocol !== "file:") { return; }
    all("a[href],form[action]").forEach(function (n) {
      var name = n.href === undefined ? "action" : "href", to = n.getAttribute(name);
      if (!to || /^(?:[a-z][a-z0-9+.-]*:|[?#]|\/\/)/i.test(to)) { return; }
      n.setAttribute(name, to.replace(/^[^?#]+/, function (path) {
        return /(^|\/)\.{0,2}$/.test(path) ? path.replace(/([^/])$/, "$1/") + "index.html" : path;
      }));
    });
  }
}());
