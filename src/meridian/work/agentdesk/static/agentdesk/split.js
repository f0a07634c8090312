/* The queue beside the item on a wide screen; without this file each is a page of its own.
   An item, and every page that leads back to one, is shown in [data-beside]: its links, forms and keys stay there,
   its address stands in the address bar, and going back shows what stood there before. The queue is not loaded again. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const wide = matchMedia("(min-width: 75rem)");
  const pane = () => $("[data-beside]");
  const body = () => $("[data-beside-body]");
  const isOpen = () => Boolean(pane()) && !pane().hidden;
  const links = () => [...document.querySelectorAll(".split [data-rows] tbody th a")];
  const numberOf = (url) => {
    const root = pane().dataset.beside;
    return url.pathname.startsWith(root) ? url.pathname.slice(root.length).split("/")[0] : "";
  };
  const isShown = (url) => {
    if (url.origin !== location.origin) return false;
    const number = numberOf(url);
    if (number) return number !== "new";
    return (url.searchParams.get("back") || "").startsWith(pane().dataset.beside);
  };
  const isQueue = (url) => url.origin === location.origin && url.pathname === pane().dataset.beside;
  const here = () => location.pathname + location.search;
  /* `queue` is the address of the list as it stands, `shown` of what stands beside it, `before` from where one came */
  let asked = 0, queue = here(), shown = "", before = "", again = null;

  const mark = (number) => links().forEach((link) => {
    const row = link.closest("tr"), is = link.textContent === number;
    row.toggleAttribute("data-at", is);
    if (is) { row.setAttribute("aria-current", "true"); row.scrollIntoView({ block: "nearest" }); }
    else row.removeAttribute("aria-current");
  });
  const renew = (fresh) => {
    if (!fresh) return;
    const row = $("tr", fresh.content), number = $("th a", row).textContent;
    const old = links().find((link) => link.textContent === number)?.closest("tr");
    if (!old) return;
    $("[name=key]", row).checked = $("[name=key]", old).checked;
    old.replaceWith(row);
  };
  /* After a button of a part was pressed, the focus is there again and not at the beginning */
  const refocus = () => {
    if (!again || !isOpen()) return;
    const form = $(`form[action="${CSS.escape(again.action)}"]`, body());
    const button = form && (again.key && $(`button[value$="-${CSS.escape(again.key)}"]`, form) || $("button", form));
    if (button) { button.focus(); again = null; }
  };
  const focusHeading = () => {
    const heading = $("h1", body());
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    pane().scrollTop = 0;
  };
  const put = (page, url, pushes) => {
    renew($("template[data-row]", page));
    body().replaceChildren(...($("main", page) || page.body).childNodes);
    pane().hidden = false;
    pane().closest(".split").classList.add("open");
    document.title = page.title;
    /* Whoever goes back meets items and the queue, never a form that they have left. */
    const stays = isQueue(location) || numberOf(new URL(location.href));
    if (pushes && url.href !== location.href) {
      if (stays) { before = location.href; history.pushState({}, "", url); }
      else if (url.href === before) history.back();
      else history.replaceState({}, "", url);
    }
    shown = url.pathname + url.search;
    mark(numberOf(url) || numberOf(new URL(url.searchParams.get("back"), url)));
    htmx.process(body());
    focusHeading();
    document.dispatchEvent(new Event("htmx:after:swap"));
  };
  const show = async (address, { pushes = true, sent = {}, lost } = {}) => {
    const mine = ++asked;
    pane().setAttribute("aria-busy", "true");
    let answer, text;
    try {
      answer = await fetch(address, { ...sent, headers: { Beside: "1" } });
      text = await answer.text();
    } catch (fault) {
      if (lost) lost(); else location.assign(address);
      return;
    }
    if (mine !== asked) return;
    pane().removeAttribute("aria-busy");
    const url = new URL(answer.url);
    if (isQueue(url)) { close(); return; }
    if (!isShown(url) || !(answer.headers.get("Content-Type") || "").startsWith("text/html")) { location.assign(url); return; }
    put(new DOMParser().parseFromString(text, "text/html"), url, pushes && (!sent.method || answer.redirected));
  };
  const close = (pushes = true) => {
    asked += 1;
    const at = $(".split tr[aria-current] th a");
    pane().hidden = true;
    body().replaceChildren();
    pane().closest(".split").classList.remove("open");
    document.title = pane().dataset.title;
    if (pushes) history.pushState({}, "", queue);
    shown = "";
    if (at) at.focus();
  };
  const walk = (step) => {
    const all = links(), at = all.findIndex((link) => link.closest("tr").hasAttribute("aria-current"));
    const next = all[at + step];
    if (next) show(next.href);
  };

  document.addEventListener("click", (event) => {
    if (!pane() || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const step = event.target.closest("[data-beside-go]");
    if (step) { if (step.dataset.besideGo) walk(Number(step.dataset.besideGo)); else close(); return; }
    const link = event.target.closest("a[href]");
    if (!link || link.target || link.hasAttribute("download") || link.getAttribute("href").startsWith("#")) return;
    const url = new URL(link.href);
    const inside = pane().contains(link);
    if (inside && isQueue(url)) { event.preventDefault(); close(); return; }
    if (!isShown(url) || !(inside || (wide.matches && link.closest(".split [data-rows]")))) return;
    event.preventDefault();
    again = null;
    show(url);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (!isOpen() || event.defaultPrevented || !body().contains(form) || form.method !== "post" || form.hasAttribute("hx-post")) return;
    event.preventDefault();
    const action = form.getAttribute("action") || "";
    again = form.hasAttribute("data-guard") ? null : { action, key: button ? button.value.split("-")[1] : "" };
    const lost = () => {
      if (button && button.name) {
        const named = form.appendChild(document.createElement("input"));
        Object.assign(named, { type: "hidden", name: button.name, value: button.value });
      }
      form.submit();
    };
    show(new URL(action || location.href, location.href), { sent: { method: "POST", body: new FormData(form, button) }, lost });
  });
  document.addEventListener("htmx:after:swap", refocus);
  document.addEventListener("keydown", (event) => {
    if (!isOpen() || event.ctrlKey || event.metaKey || event.altKey || $("dialog[open]")) return;
    if (event.target.closest("input:not([type=checkbox],[type=radio]), textarea, select")) return;
    const act = { j: () => walk(1), k: () => walk(-1), u: () => close() }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }, true);
  const follow = () => { if (pane() && isQueue(location)) queue = here(); };
  document.addEventListener("htmx:after:history:push", follow);
  document.addEventListener("htmx:after:swap", follow);
  /* Going back and on: the list stays as it is, unless it was another one */
  document.addEventListener("htmx:before:history:restore", (event) => {
    if (pane() && (isShown(new URL(location.href)) || here() === queue)) event.preventDefault();
  });
  addEventListener("popstate", ({ state }) => {
    if (!pane() || (isOpen() && here() === shown)) return;
    again = null;
    const url = new URL(location.href);
    if (isShown(url)) show(url, { pushes: false });
    else if (here() === queue) { if (isOpen()) close(false); } else if (!state?.htmx) location.reload();
  });
})();
