// On pages of coaches: holds the key while the worker has none, sends what waits, and says what does.

const place = document.getElementById("without-signal");
const HELD = "without-signal-key";
const worker = navigator.serviceWorker;

worker?.addEventListener("message", ({ data, ports }) => {
  if (data.ask === "key") ports[0].postMessage(sessionStorage.getItem(HELD));
});

if (worker?.controller) begin();

async function begin() {
  if (place.dataset.at) {
    say([`You have no signal. This is as it was at ${at(Number(place.dataset.at))}. What you write is kept on this device, and sent when the signal is back.`]);
  } else {
    await fetchKey();
  }
  await send();
  window.addEventListener("online", send);
}

// Asked for on every page that the site has answered: somebody else may have signed in here since.
async function fetchKey() {
  const headers = { "X-CSRFToken": place.dataset.token };
  try {
    const answer = await fetch(place.dataset.key, { method: "POST", headers });
    if (answer.ok && !answer.redirected) sessionStorage.setItem(HELD, (await answer.json()).key);
  } catch {
    // Without a signal there is none to be had.
  }
}

async function send() {
  const told = await ask({ ask: "send", token: place.dataset.token });
  // A list shows what has come of it; a form that somebody may be writing in is left alone.
  if (told.sent && location.pathname.endsWith("/shortlist")) location.reload();
  show(told);
}

function ask(what) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.controller.postMessage({ ...what, key: sessionStorage.getItem(HELD) }, [port2]);
  });
}

function show({ waiting, signedOut }) {
  document.getElementById("waiting")?.remove();
  if (!waiting.length) return;
  const panel = document.createElement("div");
  panel.id = "waiting";
  panel.className = "govuk-inset-text";
  const sending = waiting.filter((each) => !each.refused);
  if (sending.length) {
    const names = [...new Set(sending.map((each) => field(each, "about")))].join(", ");
    const what = sending.length === 1 ? "1 change waits" : `${sending.length} changes wait`;
    panel.append(line(`${what} to be sent: ${names}.${signedOut ? " Sign in again to send." : ""}`));
  }
  for (const each of waiting.filter((one) => one.refused)) panel.append(refused(each));
  place.append(panel);
}

function refused(each) {
  const part = document.createElement("div");
  const why = each.refused === 409 ? "Somebody else changed" : "The site did not take your change of";
  part.append(line(`${why} ${field(each, "about")}. You wrote:`));
  for (const name of ["why", "why_not", "note", "private_note"]) {
    if (field(each, name)) part.append(line(`“${field(each, name)}”`));
  }
  const look = document.createElement("a");
  look.href = each.address;
  look.className = "govuk-link cd-tap";
  look.textContent = "Look at what is there now";
  const forget = document.createElement("button");
  forget.className = "govuk-button govuk-button--secondary";
  forget.textContent = "I have seen this";
  forget.addEventListener("click", async () => show(await ask({ ask: "forget", number: each.number })));
  part.append(look, document.createElement("br"), forget);
  return part;
}

function field(each, name) {
  return new Map(each.fields).get(name) ?? "";
}

function say(lines) {
  const panel = document.createElement("div");
  panel.className = "govuk-inset-text";
  panel.setAttribute("role", "status");
  panel.append(...lines.map(line));
  place.append(panel);
}

function line(text) {
  const part = document.createElement("p");
  part.textContent = text;
  return part;
}

function at(moment) {
  return new Date(moment).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" });
}

// The page that turns it on and off.

const on = document.getElementById("turn-on");
const off = document.getElementById("turn-off");
if (on && worker) {
  const isOn = Boolean(await worker.getRegistration("/coaching/"));
  (isOn ? off : on).hidden = false;
  document.getElementById("no-script").hidden = true;
  on.addEventListener("click", async () => {
    await fetchKey();
    await worker.register("/coaching/worker.js", { scope: "/coaching/", updateViaCache: "none" });
    await worker.ready;
    location.reload();
  });
  off.addEventListener("click", async () => {
    if (worker.controller) {
      const { waiting } = await ask({ ask: "send", token: place.dataset.token });
      if (waiting.length) return show({ waiting });
      await ask({ ask: "clear" });
    }
    sessionStorage.removeItem(HELD);
    await (await worker.getRegistration("/coaching/"))?.unregister();
    location.reload();
  });
}
