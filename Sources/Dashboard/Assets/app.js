// What a page does beyond its markup. Everything works without, but for what changes under the reader's eyes.

const root = document.documentElement;

// Theme: dark unless the reader or the system wants light.
const theme = document.getElementById("theme");
const isLight = () =>
  (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark")) === "light";
const nameTheme = () => { theme.textContent = isLight() ? "Dark" : "Light"; };
try {
  const kept = localStorage.getItem("theme");
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
} catch { /* a reader who keeps nothing */ }
theme.hidden = false;
theme.setAttribute("aria-label", "Change between dark and light");
nameTheme();
theme.addEventListener("click", () => {
  root.dataset.theme = isLight() ? "dark" : "light";
  try { localStorage.setItem("theme", root.dataset.theme); } catch { /* as above */ }
  nameTheme();
});

// Numbers of a chart, under the pointer.
const tip = document.createElement("div");
tip.id = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);
document.addEventListener("pointermove", (event) => {
  const mark = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
  tip.hidden = mark === null;
  if (!mark) return;
  tip.textContent = mark.dataset.tip;
  const right = innerWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(event.clientX + 12, right))}px`;
  tip.style.top = `${Math.max(8, event.clientY - tip.offsetHeight - 12)}px`;
});

// Chosen runs: one address for all of them.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches(".choose")) {
    event.preventDefault();
    const runs = [...form.querySelectorAll("input[name=run]:checked")].map((box) => box.value);
    if (runs.length < 2) return say("Choose two runs or more.");
    // The oldest first: the others are held against it.
    location.href = "/compare?runs=" + runs.reverse().map(encodeURIComponent).join(",");
  }
  if (form.matches("[data-cancel]")) {
    event.preventDefault();
    cancel(form);
  }
});

async function cancel(form) {
  const told = form.querySelector("[role=status]");
  told.textContent = "Cancelling …";
  const address = `/api/runs/${encodeURIComponent(form.dataset.cancel)}/cancel`;
  const key = form.elements.key.value;
  try {
    const reply = await fetch(address, { method: "POST", headers: { Authorization: `Bearer ${key}` } });
    told.textContent = reply.ok ? "Cancelled." : (await reply.json()).error.message;
  } catch {
    told.textContent = "The server does not answer.";
  }
}

const live = document.getElementById("live");
function say(text) { live.textContent = text; }

// A page that shows what changes is loaded anew, in place, when it does.
const main = document.getElementById("main");
const watched = main.dataset.watch;
if (watched) listen();

function listen() {
  const events = new EventSource("/api/events");
  let revision = null;
  events.addEventListener("open", () => say("Live"));
  events.addEventListener("error", () => say("Connecting …"));
  events.addEventListener("change", (event) => {
    const now = JSON.parse(event.data).revision;
    if (revision !== null && now !== revision && watched === "change") refresh();
    revision = now;
  });
  events.addEventListener("run", (event) => {
    if (JSON.parse(event.data).runId === watched) refresh();
  });
  addEventListener("pagehide", () => events.close());
}

let isBusy = false;
let isStale = false;
async function refresh() {
  isStale = true;
  if (isBusy || document.hidden) return;
  isBusy = true;
  while (isStale) {
    isStale = false;
    try {
      const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (reply.ok) replace(new DOMParser().parseFromString(await reply.text(), "text/html"));
    } catch { /* the next event tries again */ }
    await new Promise((wake) => setTimeout(wake, 700));
  }
  isBusy = false;
}
document.addEventListener("visibilitychange", () => { if (!document.hidden && isStale) refresh(); });

// Section by section, so that what the reader opened, typed or reads stays.
function replace(page) {
  const fresh = page.getElementById("main");
  if (!fresh) return;
  const opened = new Map([...main.querySelectorAll("details")].map((details) => [nameOf(details), details.open]));
  const typed = main.querySelector("form.cancel input");
  const focus = document.activeElement;
  const kept = typed && (typed.value !== "" || typed === focus) ? main.querySelector("form.cancel") : null;
  const chosen = new Set([...main.querySelectorAll("input[name=run]:checked")].map((box) => box.value));
  if (main.contains(focus) && focus.matches("select, input:not([name=key])")) return;
  const anchor = focus && main.contains(focus) ? pathOf(focus) : null;
  main.replaceChildren(...fresh.childNodes);
  for (const details of main.querySelectorAll("details")) details.open = opened.get(nameOf(details)) ?? details.open;
  for (const box of main.querySelectorAll("input[name=run]")) box.checked = chosen.has(box.value);
  if (kept) main.querySelector("form.cancel")?.replaceWith(kept);
  if (anchor) main.querySelector(anchor)?.focus({ preventScroll: true });
}

function nameOf(details) { return details.id || details.querySelector("summary").textContent; }
function pathOf(element) {
  if (element.name === "key") return "input[name=key]";
  const address = element.getAttribute("href");
  return address ? `a[href="${CSS.escape(address)}"]` : null;
}
