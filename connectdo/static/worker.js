// Answers for the pages of shortlists while there is no signal, and keeps what is written on them
// until it can be sent. Runs only where a coach has turned it on. Everything that says something
// of somebody is sealed (AES-GCM) with a key that signed-in pages hold and this device does not.

const HOURS_KEPT = 12;
const SECONDS_TO_ANSWER = 6;
const PAGE = /^\/coaching\/clients\/\d+\/shortlist(\/\d+)?$/;
const WRITE = /^\/coaching\/clients\/\d+\/shortlist\/\d+(\/(up|down|seen))?$/;
const FILES = "files";

let key;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "GET" && pathname.startsWith("/static/")) event.respondWith(file(request));
  if (request.mode !== "navigate") return;
  if (request.method === "GET" && PAGE.test(pathname)) event.respondWith(page(event));
  if (request.method === "POST" && WRITE.test(pathname)) event.respondWith(write(request));
});

self.addEventListener("message", (event) => {
  const done = answer(event.data).then((told) => event.ports[0].postMessage(told));
  event.waitUntil(done);
});

async function answer({ ask, ...given }) {
  if (given.key) await use(given.key);
  await forgetOld();
  if (ask === "send") return navigator.locks.request("send", () => send(given.token));
  if (ask === "forget") await on("writes", "readwrite", (rows) => rows.delete(given.number));
  if (ask === "clear") await clear();
  return { waiting: await waiting() };
}

// Pages.

async function page(event) {
  const address = new URL(event.request.url).pathname;
  try {
    const fresh = await inTime(fetch(event.request));
    if (fresh.ok) event.waitUntil(keep(address, fresh.clone()));
    return fresh;
  } catch {
    return (await kept(address)) ?? (await without());
  }
}

async function keep(address, fresh) {
  const policy = fresh.headers.get("Content-Security-Policy");
  const row = await seal({ html: await fresh.text(), policy });
  await on("pages", "readwrite", (rows) => rows.put({ address, at: Date.now(), ...row }));
}

async function kept(address) {
  await forgetOld();
  const row = await on("pages", "readonly", (rows) => rows.get(address));
  if (!row) return undefined;
  try {
    const { html, policy } = await unseal(row);
    const marked = html.replace('id="without-signal"', `id="without-signal" data-at="${row.at}"`);
    return html_page(marked, 200, policy);
  } catch {
    return undefined;
  }
}

async function without(written = []) {
  const told = written
    .filter(([name, value]) => value && !["csrf_token", "number"].includes(name))
    .map(([, value]) => `<p>${plain(value)}</p>`);
  const kept = told.length
    ? `<p>What you wrote could not be kept on this device. Copy it before you go on:</p>${told.join("")}`
    : "<p>This page is not kept on this device. Shortlists that you opened today are.</p>";
  return html_page(
    `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>No signal - Connect &amp; Do</title>
     <meta name="viewport" content="width=device-width, initial-scale=1">
     <h1>You have no signal</h1>${kept}<p><a href="/coaching">Try again</a></p></html>`,
    503,
  );
}

function html_page(html, status, policy = "default-src 'none'") {
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": policy,
    "Referrer-Policy": "no-referrer",
  };
  return new Response(html, { status, headers });
}

function plain(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// Our own files: their addresses change when they do.

async function file(request) {
  const files = await caches.open(FILES);
  const found = await files.match(request);
  if (found) return found;
  const fresh = await fetch(request);
  if (fresh.ok) await files.put(request, fresh.clone());
  return fresh;
}

// What is written.

async function write(request) {
  const address = new URL(request.url).pathname;
  const fields = [...(await request.formData()).entries()];
  const once = crypto.randomUUID();
  try {
    // What was written before goes first.
    const token = new Map(fields).get("csrf_token");
    if ((await ours()).length) await inTime(navigator.locks.request("send", () => send(token)));
    return await inTime(post(address, fields, { Once: once }));
  } catch {
    return await later({ address, fields, once });
  }
}

function post(address, fields, headers) {
  const body = new URLSearchParams(fields);
  return fetch(address, { method: "POST", body, headers, redirect: "manual" });
}

async function later(what) {
  try {
    const row = await seal(what);
    await on("writes", "readwrite", (rows) => rows.add({ at: Date.now(), ...row }));
  } catch {
    return without(what.fields);
  }
  return Response.redirect(what.address.replace(/(\/shortlist).*/, "$1"), 303);
}

// Each is sent in its turn. One that the site does not take waits for the coach to look at it.
async function send(token) {
  let sent = 0;
  for (const { row, what } of await ours()) {
    if (row.refused) continue;
    const fields = what.fields.map(([name, value]) =>
      name === "csrf_token" ? [name, token] : [name, value],
    );
    let told;
    try {
      told = await post(what.address, fields, { Once: what.once, Later: "yes" });
    } catch {
      break;
    }
    if (told.status === 204) {
      await on("writes", "readwrite", (rows) => rows.delete(row.number));
      await renumber(what, told.headers.get("Number"));
      sent += 1;
    } else if (told.status >= 400 && told.status < 500 && told.status !== 429) {
      await on("writes", "readwrite", (rows) => rows.put({ ...row, refused: told.status }));
    } else {
      return { sent, waiting: await waiting(), signedOut: told.type === "opaqueredirect" };
    }
  }
  return { sent, waiting: await waiting() };
}

// What was written later on the same page was written knowing of this.
async function renumber(done, number) {
  const before = new Map(done.fields).get("number");
  if (!before) return;
  for (const { row, what } of await ours()) {
    if (what.address !== done.address || new Map(what.fields).get("number") !== before) continue;
    what.fields = what.fields.map(([name, value]) => [name, name === "number" ? number : value]);
    const sealed = await seal(what);
    await on("writes", "readwrite", (rows) => rows.put({ ...row, ...sealed }));
  }
}

async function waiting() {
  return (await ours()).map(({ row, what: { address, fields } }) => {
    return { number: row.number, refused: row.refused, address, fields };
  });
}

// What waits and was written by who is here. What a colleague wrote on this device opens with their
// key only: it waits for them, and does not hold up the rest.
async function ours() {
  const rows = await all("writes");
  if (rows.length) await theKey();
  const opened = await Promise.all(
    rows.map((row) => unseal(row).then((what) => ({ row, what }), () => undefined)),
  );
  return opened.filter(Boolean);
}

// What is kept, sealed.

async function use(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function theKey() {
  for (const page of key ? [] : await self.clients.matchAll({ includeUncontrolled: true })) {
    const told = await asked(page, "key");
    if (told) await use(told);
    if (key) break;
  }
  if (!key) throw new Error("No page holds the key.");
  return key;
}

function asked(page, ask) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data);
    setTimeout(resolve, 1000);
    page.postMessage({ ask }, [port2]);
  });
}

async function seal(what) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = new TextEncoder().encode(JSON.stringify(what));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await theKey(), bytes);
  return { iv, sealed };
}

async function unseal({ iv, sealed }) {
  const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await theKey(), sealed);
  return JSON.parse(new TextDecoder().decode(bytes));
}

async function forgetOld() {
  const oldest = Date.now() - HOURS_KEPT * 60 * 60 * 1000;
  for (const store of ["pages", "writes"]) {
    await on(store, "readwrite", (rows) => {
      rows.openCursor().onsuccess = ({ target: { result: row } }) => {
        if (!row) return;
        if (row.value.at < oldest) row.delete();
        row.continue();
      };
    });
  }
}

async function clear() {
  key = undefined;
  for (const store of ["pages", "writes"]) await on(store, "readwrite", (rows) => rows.clear());
  await caches.delete(FILES);
}

const all = (store) => on(store, "readonly", (rows) => rows.getAll());

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("without-signal", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("pages", { keyPath: "address" });
      request.result.createObjectStore("writes", { keyPath: "number", autoIncrement: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function on(store, mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function inTime(promise) {
  const late = new Promise((_, reject) =>
    setTimeout(() => reject(new Error("No answer.")), SECONDS_TO_ANSWER * 1000),
  );
  return Promise.race([promise, late]);
}
