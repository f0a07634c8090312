/* Progressive enhancement only: every page works without this file.
   Hooks: [data-rows] j k Enter x · [data-key] pressed by that letter · [data-go] g then key ·
   [data-pick-all] [data-picked] bulk picking · [data-guard] unsaved changes · [data-dialog] [data-close] ·
   a.proof leads to the proof of a figure, p opens it · [data-print] ·
   [data-theme-toggle] · [data-focus] takes the focus · body[data-palette] Ctrl/Cmd-K */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const root = document.documentElement;

  /* Theme: a cookie, so that the server prints the right one at once */
  const night = matchMedia("(prefers-color-scheme: dark)");
  const toggleTheme = () => {
    const dark = (root.dataset.theme || (night.matches ? "dark" : "light")) === "dark";
    root.dataset.theme = dark ? "light" : "dark";
    document.cookie = `meridian_theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
  };

  /* Dialogs */
  const open = (dialog) => dialog && !dialog.open && dialog.showModal();
  const openPalette = () => {
    const palette = $("#palette");
    if (!palette) return;
    open(palette);
    const input = $("input", palette);
    input.select();
    input.dispatchEvent(new Event("palette", { bubbles: true }));
  };
  const choose = (step) => {
    const options = $$("#palette-items [role=option]");
    if (!options.length) return;
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const next = options[(at + step + options.length) % options.length];
    options.forEach((option) => {
      option.setAttribute("aria-selected", option === next);
      option.removeAttribute("id");
    });
    next.id = "palette-at";
    $("#palette input").setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  };
  const paletteKey = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const link = $("#palette-at a") || $("#palette-items a");
      if (link) link.click();
    }
  };

  /* Rows */
  const rows = () => $$("[data-rows] tbody tr");
  const walk = (step) => {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.hasAttribute("data-at"));
    const next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    all.forEach((row) => row.toggleAttribute("data-at", row === next));
    const link = $("a", next);
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  const row = () => $("[data-rows] tr[data-at]") || (document.activeElement || root).closest("[data-rows] tbody tr");
  const count = (form) => {
    const boxes = $$("[name=key]", form);
    const picked = boxes.filter((box) => box.checked).length;
    const all = $("[data-pick-all]", form);
    if (all) { all.checked = picked > 0 && picked === boxes.length; all.indeterminate = picked > 0 && !all.checked; }
    const shown = $("[data-picked]", form);
    if (shown) shown.textContent = picked ? shown.dataset.picked.replace("%1", picked).replace("%2", boxes.length) : "";
  };

  /* Proofs: a link beside a figure, shown in a dialog; without a figure at hand p lists all of the page */
  const figureOf = (element) => {
    const place = element.closest(".tile, td, th, dt, dd, tr, [data-figure]");
    return element.matches("a.proof") ? element : place && $("a.proof", place);
  };
  const prove = (link) => {
    const dialog = $("#proof");
    if (!dialog) return false;
    htmx.ajax("GET", link.href, { target: "#proof-body", swap: "innerHTML" });
    open(dialog);
    return true;
  };
  /* A figure in words: the block that it stands in, what it is, and its value */
  const figureWords = (link) => {
    const block = link.closest("section, .panel, figure");
    const place = link.closest(".tile, td, th, dd, [data-figure]");
    const said = link.getAttribute("aria-label");
    const words = [block && $("h2, h3, figcaption", block), place].map((found) => (found ? found.textContent.replace(/\s+/g, " ").trim() : ""));
    return [words[0], said, words[1]].filter((word, at, all) => word && !all.slice(0, at).some((before) => before.includes(word))).join(" · ");
  };
  const proveAtHand = () => {
    const at = [document.activeElement || root, ...$$("main :hover").reverse()].map(figureOf).find(Boolean);
    if (at) { prove(at); return; }
    const body = $("#proof-body");
    if (!body) return;
    const list = document.createElement("ul");
    $$("main a.proof").forEach((link) => {
      const item = list.appendChild(document.createElement("li")).appendChild(document.createElement("a"));
      item.href = link.href;
      item.textContent = figureWords(link);
      item.dataset.proof = "";
    });
    body.replaceChildren(list.children.length ? list : body.dataset.none);
    open($("#proof"));
  };

  /* Keys */
  let going = 0;
  const typing = (target) => target.closest("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]");
  const pressed = {
    "/": () => { const find = $("#find"); if (find) { find.focus(); find.select(); } },
    "?": () => open($("#keys")),
    j: () => walk(1),
    k: () => walk(-1),
    g: () => { going = Date.now(); },
    p: proveAtHand,
    x: () => { const box = row() && $("[name=key]", row()); if (box) box.click(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("#palette")) paletteKey(event);
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && $("#palette")) {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.key === "Escape") $$("details.drop[open]").forEach((drop) => { drop.open = false; $("summary", drop).focus(); });
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
    if (going && Date.now() - going < 1500) {
      going = 0;
      const link = $(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); return; }
    }
    const own = $(`[data-key="${CSS.escape(event.key)}"]`);
    if (own) { event.preventDefault(); own.click(); return; }
    if (pressed[event.key]) { event.preventDefault(); pressed[event.key](); }
  });

  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest(selector);
    if (hit("[data-theme-toggle]")) toggleTheme();
    if (hit("[data-print]")) print();
    const figure = hit("a.proof, [data-proof]");
    if (figure && !event.ctrlKey && !event.metaKey && !event.shiftKey && prove(figure)) event.preventDefault();
    const opener = hit("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) { event.preventDefault(); open(dialog); }
    if (hit("[data-close]")) hit("dialog").close();
    if (event.target.matches("dialog.palette")) event.target.close();
    $$("details.drop[open]").forEach((drop) => { if (!drop.contains(event.target)) drop.open = false; });
  });

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.form) return;
    if (box.matches("[data-pick-all]")) $$("[name=key]", box.form).forEach((each) => { each.checked = box.checked; });
    if (box.matches("[data-pick-all], [name=key]")) count(box.form);
  });

  /* Unsaved changes */
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("[data-guard]");
    if (form) changed.add(form);
  });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });

  /* What is being written in a form that {% keeps %} stays in the browser until it is sent: a line may be lost,
     a tab closed. What stands in the history already, and what is old, is forgotten. */
  const draftOf = (area) => {
    const keeper = area.form && area.form.elements.keeps;
    return keeper && keeper.value && `draft ${keeper.value} ${new URL(area.form.action).pathname} ${area.name}`;
  };
  const keepDraft = (area) => {
    const key = draftOf(area);
    if (!key) return;
    if (area.value.trim()) localStorage.setItem(key, JSON.stringify({ text: area.value, at: Date.now() }));
    else localStorage.removeItem(key);
  };
  const giveDraft = (area) => {
    const key = draftOf(area), kept = key && JSON.parse(localStorage.getItem(key));
    if (!kept || area.value) return;
    const said = $$(".events .body").some((body) => body.textContent.trim() === kept.text.trim());
    const left = kept.sent && performance.getEntriesByType("navigation")[0]?.type === "navigate";
    if (said || left || Date.now() - kept.at > 604800000) { localStorage.removeItem(key); return; }
    area.value = kept.text;
    const words = area.form.elements.keeps.dataset, line = document.createElement("p"), forget = document.createElement("button");
    line.className = "small soft";
    line.setAttribute("role", "status");
    line.append(words.kept.replace("%s", new Date(kept.at).toLocaleString(root.lang)), " ", forget);
    Object.assign(forget, { type: "button", className: "button bare small", textContent: words.forget });
    forget.addEventListener("click", () => { localStorage.removeItem(key); area.value = ""; line.remove(); area.focus(); });
    area.after(line);
  };
  document.addEventListener("input", (event) => { if (event.target.matches("textarea")) keepDraft(event.target); });
  /* Without a worker, which keeps what can't be sent, going back after a fault gives the words back. */
  document.addEventListener("submit", (event) => $$("textarea", event.target).forEach((area) => {
    const key = draftOf(area), kept = key && JSON.parse(localStorage.getItem(key));
    if (!kept) return;
    if (navigator.serviceWorker?.controller) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ ...kept, sent: true }));
  }));

  /* What only makes sense with scripts appears with them; also after a swap */
  const prepare = () => {
    $$("[data-theme-toggle][hidden], [data-pick-all][hidden], [data-print][hidden]").forEach((each) => { each.hidden = false; });
    const focus = $("[data-focus]");
    if (focus) { focus.focus(); focus.removeAttribute("data-focus"); }
    $$("form:has([name=keeps]) textarea").forEach(giveDraft);
  };
  prepare();
  document.addEventListener("htmx:after:swap", prepare);
  /* What a page asks again and again waits while nobody sees the page */
  document.addEventListener("htmx:before:request", (event) => { if (document.hidden && event.target.matches("[data-while-seen]")) event.preventDefault(); });

  /* What could not be sent waits in the browser, and is sent when there is a line */
  const outbox = $("#outbox"), workers = navigator.serviceWorker;
  if (outbox && workers) {
    let read;
    workers.addEventListener("message", (event) => {
      const { waiting, sent } = event.data;
      outbox.hidden = !(waiting || sent);
      $("[data-waiting]", outbox).hidden = !waiting;
      $("[data-sent]", outbox).hidden = !sent;
      clearTimeout(read);
      if (sent) read = setTimeout(() => workers.controller?.postMessage({ shown: sent }), 4000);
    });
    const look = () => workers.ready.then((found) => found.active.postMessage({ language: root.lang }));
    (workers.controller ? look() : workers.register(outbox.dataset.worker).then(look)).catch(() => {});
    addEventListener("online", look);
  }
})();
