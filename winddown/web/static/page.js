// Tonight, kept up to date: what the room publishes, a circle on the lamp's clock, and buttons that ask. What is old
// is never shown as if it were now: after a silence the page says that it is lost, and looks for winddown by itself.
"use strict";

const tonight = document.getElementById("tonight");
const part = (name) => document.getElementById(name);
const patienceMs = Number(tonight.dataset.patience) * 1000;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const lamp = { since: 0, beats: [] };
const silenceMs = Number(tonight.dataset.heartbeat) * 1000 + 1000;
let heardAt = Date.now();
let eventAt = Date.now() - silenceMs; // no event yet; some proxies keep them all to themselves
let source = null;
let offsetMs = null; // of the daemon's clock before ours, as performance.now() counts
let wallMs = null; // the same, as Date.now() counts: that goes on while a phone sleeps

// ---------------------------------------------------------------- what is heard

function listen() {
  if (source) source.close();
  source = new EventSource("events");
  source.onopen = synchronise;
  source.onmessage = (event) => { eventAt = Date.now(); show(JSON.parse(event.data)); };
  source.onerror = lose;
}

async function inquire() {
  const said = await fetch("now", { signal: AbortSignal.timeout(4000) })
    .then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  if (said) show(said);
}

function show(said) {
  if (wallMs !== null && Date.now() + wallMs - said.at * 1000 > patienceMs) {
    synchronise(); // it lay about while the phone slept, or our clock was set
    return;
  }
  heardAt = Date.now();
  document.documentElement.dataset.light = said.light;
  tonight.dataset.reach = said.reach;
  tonight.dataset.phase = said.phase;
  for (const name of ["title", "says", "cue", "problem"]) write(part(name), said[name]);
  part("problem").hidden = !said.problem;
  if (said.picture !== undefined) picture(said.picture);
  part("now")?.setAttribute("visibility", said.now_x === null ? "hidden" : "visible");
  part("now")?.setAttribute("transform", `translate(${said.now_x ?? 0} 0)`);
  offer(said.offers);
  breathe(said.breath);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text; // a reader of the screen says it once
}

function picture(svg) {
  const drawn = new DOMParser().parseFromString(svg || "<p/>", "text/html").body.firstChild;
  part("picture").replaceChildren(drawn);
  part("picture").hidden = !svg;
}

function offer(offers) {
  const form = part("ask");
  while (form.children.length > offers.length) form.lastElementChild.remove();
  offers.forEach((one, n) => {
    const button = form.children[n] ?? form.appendChild(Object.assign(document.createElement("button"), { name: "order" }));
    button.value = one.verb;
    write(button, one.label);
    button.disabled = !one.enabled;
  });
}

// ---------------------------------------------------------------- lost, and found again

function lose() {
  tonight.dataset.reach = "lost";
  tonight.dataset.phase = "lost";
  write(part("title"), tonight.dataset.lostTitle);
  write(part("says"), tonight.dataset.lost);
  write(part("cue"), "");
  part("problem").hidden = true;
  for (const button of part("ask").children) button.disabled = true;
  breathe(null);
}

function look() {
  if (Date.now() - heardAt > patienceMs) lose();
  if (source.readyState === EventSource.CLOSED) listen();
  if (Date.now() - eventAt > silenceMs) inquire();
}

// ---------------------------------------------------------------- the breath, on the clock of the lamp

async function synchronise() {
  let best = Infinity;
  for (let n = 0; n < 5; n += 1) {
    const before = performance.now();
    const said = await fetch("../-/clock").then((answer) => answer.json()).catch(() => null);
    const took = performance.now() - before;
    if (said && took < best) {
      best = took;
      offsetMs = said.now * 1000 - (before + took / 2);
      wallMs = said.now * 1000 - (Date.now() - took / 2);
    }
  }
}

function breathe(breath) {
  const begins = breath && part("breath").hidden;
  lamp.since = breath ? breath.since : 0;
  lamp.beats = breath ? breath.beats : [];
  part("breath").hidden = !breath;
  if (begins) requestAnimationFrame(draw);
}

function depth(seconds) {
  // How deep the breath is, 0 to 1, and which half of it; null before and after.
  const beats = lamp.beats;
  let low = 0;
  let high = beats.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beats[middle][0] <= seconds) low = middle + 1; else high = middle;
  }
  const beat = beats[low - 1];
  if (!beat) return null;
  const [begin, inhale, exhale] = beat;
  const into = seconds - begin;
  if (into > inhale + exhale) return null;
  const share = into < inhale ? into / inhale : 1 - (into - inhale) / exhale;
  return { deep: (1 - Math.cos(Math.PI * share)) / 2, half: into < inhale ? "in" : "out" };
}

function draw() {
  const circle = part("breath");
  if (circle.hidden) return;
  const now = offsetMs === null ? null : depth((performance.now() + offsetMs) / 1000 - lamp.since);
  const disc = circle.querySelector(".disc");
  if (circle.dataset.part !== (now?.half ?? "")) circle.dataset.part = now?.half ?? "";
  disc.style.transform = `scale(${still.matches ? 0.7 : 0.36 + 0.64 * (now?.deep ?? 0)})`;
  disc.style.opacity = now ? 0.45 + 0.55 * now.deep : 0.15;
  requestAnimationFrame(draw);
}

// ---------------------------------------------------------------- what is asked

part("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new URLSearchParams({ order: event.submitter.value });
  const answer = await fetch("ask", { method: "POST", body, headers: { accept: "application/json" } })
    .then((got) => got.json()).catch(() => null);
  tell(answer ? answer.text : tonight.dataset.lost);
  look();
});

let forget = 0;
function tell(text) {
  clearTimeout(forget);
  write(part("answer"), text);
  forget = setTimeout(() => write(part("answer"), ""), 6000);
}

// ----------------------------------------------------------------

listen();
setInterval(look, 2000);
setInterval(synchronise, 60000);
for (const name of ["pageshow", "online", "focus"]) addEventListener(name, look);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) { look(); synchronise(); }
});
