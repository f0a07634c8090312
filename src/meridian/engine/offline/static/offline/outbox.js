/* Shows what waits in this browser; everything else is the worker's. */
(() => {
  "use strict";
  const list = document.querySelector("[data-outbox]");
  const line = document.querySelector("[data-outbox-line]");
  if (!list || !("indexedDB" in window)) return;
  const base = (act) => new Promise((resolve) => {
    const asked = indexedDB.open("meridian", 1);
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => resolve(undefined);
    asked.onsuccess = () => act(asked.result, resolve);
  });
  const all = () => base((found, resolve) => {
    const step = found.transaction(["outbox", "facts"], "readonly");
    const kept = step.objectStore("outbox").getAll(), keeper = step.objectStore("facts").get("keeper");
    step.oncomplete = () => { found.close(); resolve(kept.result.filter((one) => one.keeper === keeper.result)); };
  });
  const remove = (id) => base((found, resolve) => {
    const step = found.transaction("outbox", "readwrite");
    step.objectStore("outbox").delete(id);
    step.oncomplete = () => { found.close(); resolve(); };
  });
  const show = async () => {
    const kept = (await all()) || [];
    list.replaceChildren(...kept.map((one) => {
      const row = line.content.cloneNode(true);
      const words = one.entries.filter(([name, value]) => typeof value === "string" && ["title", "text"].includes(name));
      row.querySelector("[data-words]").textContent = words.map(([, value]) => value).join(" · ").slice(0, 300);
      row.querySelector("time").textContent = new Date(one.at).toLocaleString(document.documentElement.lang);
      row.querySelector("[data-refused]").hidden = !one.refused;
      row.querySelector("button").addEventListener("click", async () => { await remove(one.id); show(); });
      return row;
    }));
    document.querySelector("[data-outbox-empty]").hidden = kept.length > 0;
  };
  show();
  if (navigator.serviceWorker) navigator.serviceWorker.addEventListener("message", show);
})();
