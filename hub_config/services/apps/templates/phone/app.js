// The page of a lesson: one card a screen, and the small host that the kit's widgets stand in.
import { button, h } from "./dom.js";
import { ActiveSeconds, flushAll } from "./drafts.js";
import { listenButton } from "./speech.js";
import { Transport } from "./transport.js";
import { number, words } from "./wording.js";

const page = document.body.dataset;
const modules = JSON.parse(page.modules);
const cards = [...document.querySelectorAll(".step")];
const POLL = 2000;
const PATIENCE = 60000;

// --- the host: what anywidget's model offers a widget, over the page's own session
let session = null;

function askSession(fresh) {
  if (fresh || !session || Date.parse(session.expires_at) - Date.now() < 30000) session = null;
  if (session) return Promise.resolve(session);
  askSession.asking ||= fetch(page.session, { headers: { Accept: "application/json" } })
    .then(async (response) => {
      const answer = await response.json();
      if (!response.ok) return { error: answer.error?.message || words.refused, status: response.status };
      session = answer;
      return answer;
    })
    .catch(() => ({ error: navigator.onLine === false ? words.offline : words.noSession }))
    .finally(() => { askSession.asking = null; });
  return askSession.asking;
}

class Model {
  constructor(values) {
    this.values = values;
    this.heard = new Map();
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    this.values[name] = value;
  }

  save_changes() {} // nothing behind this page keeps a widget's values: campus has the answers

  on(event, callback) {
    this.heard.set(event, [...(this.heard.get(event) || []), callback]);
  }

  off(event, callback) {
    this.heard.set(event, (this.heard.get(event) || []).filter((one) => one !== callback));
  }

  async send(message) {
    if (message.type !== "session") return;
    const answer = { type: "session", ...(await askSession(message.fresh)) };
    for (const callback of this.heard.get("msg:custom") || []) callback(answer);
  }
}

const transport = new Transport(new Model({}));

async function mount(card) {
  for (const place of card.querySelectorAll(".doing > [data-exercise]:not([data-mounted])")) {
    place.dataset.mounted = "";
    const host = place.parentElement;
    const model = new Model({ exercise: place.dataset.exercise, kind: place.dataset.kind, answer: null, page: true, fallback: "" });
    try {
      const module = await import(`../assets/${modules[place.dataset.kind]}`);
      module.default.render({ model, el: host });
    } catch {
      delete place.dataset.mounted;
      const note = h("p", { class: "hk-trouble", role: "alert" }, `${words.unreachable} `, button(words.retry, () => {
        note.remove();
        mount(card);
      }));
      host.append(note);
    }
  }
}

// --- the cards
const nav = document.querySelector(".steps");
const progress = document.querySelector(".progress");
const back = nav.querySelector(".back");
const next = nav.querySelector(".next");
let now = -1;

function show(index, moved) {
  now = Math.max(0, Math.min(index, cards.length - 1));
  cards.forEach((card, i) => card.classList.toggle("now", i === now));
  progress.value = now + 1;
  nav.querySelector(".where").textContent = words.step(now + 1, cards.length);
  back.disabled = now === 0;
  next.hidden = now === cards.length - 1;
  globalThis.speechSynthesis?.cancel();
  mount(cards[now]);
  if (now === cards.length - 1) overview();
  if (moved) {
    scrollTo(0, 0);
    cards[now].focus({ preventScroll: true });
  }
}

const go = (index) => { location.hash = cards[index].id; };
const wanted = () => Math.max(0, cards.findIndex((card) => `#${card.id}` === location.hash));
back.addEventListener("click", () => go(now - 1));
next.addEventListener("click", () => go(now + 1));
addEventListener("hashchange", () => show(wanted(), true));

// --- handing in
const overviewPlace = document.querySelector(".overview");
const handIn = document.querySelector(".hand-in");
const status = h("div", { class: "outcome", role: "status" });
const submitButton = button(words.submit, submit, "hk-main");
handIn.append(submitButton, status);
let key = "";

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function overview() {
  try {
    await flushAll();
    const lesson = await transport.call("GET", `lessons/${page.lesson}`);
    overviewPlace.replaceChildren(h("ul", { class: "overview-list" }, lesson.exercises.flatMap(row)));
    if (lesson.submission) submitButton.textContent = words.submitAgain;
  } catch (error) {
    overviewPlace.replaceChildren(trouble(error, overview));
  }
}

// One line for each exercise that stands in this page; code exercises are shown as their stand-in.
function row(exercise) {
  const at = cards.findIndex((card) => card.querySelector(`[data-was="${exercise.id}"]`));
  if (at < 0) return [];
  const points = exercise.points ? ` · ${number(exercise.earned)}/${words.points(exercise.points)}` : "";
  const link = h("a", { href: `#${cards[at].id}` }, h("span", {}, exercise.title),
    h("span", { class: `state state-${exercise.state}` }, `${words.states[exercise.state]}${points}`));
  return [h("li", {}, link)];
}

function trouble(error, again) {
  return h("p", { class: "hk-trouble", role: "alert" }, `${error.message} `, button(words.retry, again));
}

async function submit() {
  submitButton.disabled = true;
  status.replaceChildren(words.submitting);
  key ||= newKey();
  const seconds = active.take();
  try {
    await flushAll();
    const submission = await transport.call("POST", `lessons/${page.lesson}/submit`, { active_s: seconds }, { "Idempotency-Key": key });
    key = "";
    status.replaceChildren(words.submitted);
    await graded(submission);
    submitButton.textContent = words.submitAgain;
    overview();
  } catch (error) {
    active.giveBack(seconds);
    status.replaceChildren(trouble(error, submit));
  }
  submitButton.disabled = false;
}

async function graded(submission) {
  const until = Date.now() + PATIENCE;
  while (["queued", "grading"].includes(submission.state) && Date.now() < until) {
    await new Promise((done) => setTimeout(done, POLL));
    submission = await transport.call("GET", `submissions/${submission.id}`);
  }
  const link = submission.result_url ? h("a", { class: "hk-button hk-main", href: submission.result_url }, words.seeResult) : "";
  const text = {
    graded: words.graded(submission),
    failed: words.gradingFailed,
  }[submission.state] || words.stillGrading;
  status.replaceChildren(h("p", { class: "hk-headline hk-good" }, text), submission.state === "graded" ? link : "");
}

// --- start
const active = new ActiveSeconds(document.documentElement, ".hk");
for (const reading of document.querySelectorAll(".reading")) {
  const listen = listenButton(() => reading.innerText);
  listen.dataset.reading = "";
  reading.before(listen);
}
for (const place of document.querySelectorAll(".doing > [data-exercise]")) {
  place.parentElement.dataset.was = place.dataset.exercise.split("/")[1];
}
nav.hidden = false;
progress.hidden = false;
document.documentElement.classList.add("ready");
show(wanted(), false);
