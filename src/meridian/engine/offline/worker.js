/* Keeps a form that could not be sent, and sends it once when there is a line again.
   Only forms that say so: they hold {% once %}, by which what is sent twice is carried out once, and
   {% keeps %}, which says for whom. Pages are never kept: what they show is nobody's but their reader's. */
"use strict";
const PAGE = "@PAGE@", READY = "@READY@", FILES = "@FILES@".split(" ");
const CACHE = "offline";

const store = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open("meridian", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("outbox", { keyPath: "id", autoIncrement: true });
    asked.result.createObjectStore("facts");
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
const within = async (name, mode, act) => {
  const base = await store();
  return new Promise((resolve, reject) => {
    const step = base.transaction(name, mode);
    const asked = act(step.objectStore(name));
    step.oncomplete = () => { base.close(); resolve(asked.result); };
    step.onerror = step.onabort = () => { base.close(); reject(step.error); };
  });
};

const prepare = async (language) => {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  const page = await fetch(PAGE, { cache: "reload" });
  if (page.ok) {
    await cache.put(PAGE, page);
    await within("facts", "readwrite", (facts) => facts.put(language || "", "language"));
  }
};
const offlinePage = async () => (await caches.match(PAGE)) || Response.error();
/* What was sent is told until a page has shown it for long enough to be read: a page may be left at once. */
const sentUntold = (change) => within("facts", "readwrite", (facts) => {
  const asked = facts.get("sent");
  asked.onsuccess = () => facts.put(Math.max(0, (asked.result || 0) + change), "sent");
  return asked;
});
const tell = async () => {
  const kept = await within("outbox", "readonly", (outbox) => outbox.getAll());
  const keeper = await within("facts", "readonly", (facts) => facts.get("keeper"));
  const waiting = kept.filter((one) => one.keeper === keeper).length;
  const sent = await within("facts", "readonly", (facts) => facts.get("sent")) || 0;
  for (const page of await self.clients.matchAll()) page.postMessage({ waiting, sent });
};

const keepOrSend = async (request) => {
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch (fault) {
    const form = await copy.formData();
    const keeper = form.get("keeps");
    if (!keeper || !form.get("once")) return offlinePage();
    const entries = [...form.entries()];
    await within("outbox", "readwrite", (outbox) => outbox.add({ address: request.url, entries, keeper, at: Date.now() }));
    await within("facts", "readwrite", (facts) => facts.put(keeper, "keeper"));
    if (self.registration.sync) await self.registration.sync.register("send").catch(() => {});
    return Response.redirect(`${PAGE}?kept=yes`, 303);
  }
};

const send = () => navigator.locks.request("send", async () => {
  const waiting = await within("outbox", "readonly", (outbox) => outbox.getAll());
  if (!waiting.length) return;
  let ready;
  try { ready = await (await fetch(READY, { cache: "no-store" })).json(); } catch (fault) { return; }
  await within("facts", "readwrite", (facts) => facts.put(ready.keeper, "keeper"));
  for (const kept of waiting) {
    if (!ready.keeper || kept.keeper !== ready.keeper || kept.refused) continue;
    const body = new FormData();
    for (const [name, value] of kept.entries) body.append(name, name === "csrfmiddlewaretoken" ? ready.token : value);
    let answer;
    try { answer = await fetch(kept.address, { method: "POST", body, redirect: "manual" }); } catch (fault) { break; }
    if (answer.type === "opaqueredirect") {
      await within("outbox", "readwrite", (outbox) => outbox.delete(kept.id));
      await sentUntold(1);
    } else if (answer.status < 500) {
      await within("outbox", "readwrite", (outbox) => outbox.put({ ...kept, refused: answer.status }));
    }
  }
});
const sendAndTell = async () => { await send(); await tell(); };

self.addEventListener("install", (event) => event.waitUntil(prepare().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("sync", (event) => { if (event.tag === "send") event.waitUntil(sendAndTell()); });
self.addEventListener("message", (event) => {
  if (event.data.shown) { event.waitUntil(sentUntold(-event.data.shown)); return; }
  const look = async () => {
    const known = await within("facts", "readonly", (facts) => facts.get("language"));
    if (event.data.language && event.data.language !== known) await prepare(event.data.language).catch(() => {});
    await sendAndTell();
  };
  event.waitUntil(look());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (FILES.includes(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request)));
    return;
  }
  if (request.mode !== "navigate" || new URL(request.url).origin !== self.location.origin) return;
  if (request.method === "POST") event.respondWith(keepOrSend(request));
  else if (request.method === "GET") event.respondWith(fetch(request).catch(offlinePage));
});
