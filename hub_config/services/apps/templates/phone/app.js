// The page of a lesson: one card a screen, the kit's widgets in it, and what is kept for a phone without a line.
import { HandIn } from "./hand_in.js";
import { Model } from "./host.js";
import { widgets } from "./kinds.js";
import { showLine } from "./line_note.js";
import { keepForReading } from "./off_line.js";
import { listenButton } from "./speech.js";
import { Transport } from "./transport.js";
import { words } from "./wording.js";

const page = document.body.dataset;
const cards = [...document.querySelectorAll(".step")];
const transport = new Transport(new Model({}));

// What an earlier visit left in this browser goes to campus first, so that the cards open with it.
async function mount(card) {
  await handIn.started;
  for (const place of card.querySelectorAll(".doing > [data-exercise]:not([data-mounted])")) {
    place.dataset.mounted = "";
    const { exercise, kind } = place.dataset;
    const model = new Model({ exercise, kind, answer: null, page: true, fallback: "" });
    widgets[kind].render({ model, el: place.parentElement });
  }
}

// --- the cards
const top = document.querySelector(".top");
const note = document.querySelector(".line-note");
const nav = document.querySelector(".steps");
const progress = document.querySelector(".progress");
const back = nav.querySelector(".back");
const next = nav.querySelector(".next");
const TALLEST = 7; // a bar takes this part of the screen at the most
let now = -1;

function show(index, moved) {
  now = Math.max(0, Math.min(index, cards.length - 1));
  cards.forEach((card, i) => card.classList.toggle("now", i === now));
  heading(!cards[now].querySelector("h1"));
  progress.value = now + 1;
  nav.querySelector(".where").textContent = words.step(now + 1, cards.length);
  back.disabled = now === 0;
  next.hidden = now === cards.length - 1;
  globalThis.speechSynthesis?.cancel();
  mount(cards[now]);
  if (now === cards.length - 1) handIn.overview();
  if (moved) {
    scrollTo(0, 0);
    cards[now].focus({ preventScroll: true });
  }
}

// The lesson's title in the bar is the page's heading where the card has none of its own.
function heading(wanted) {
  const title = document.querySelector(".lesson-title");
  title.role = wanted ? "heading" : null;
  title.ariaLevel = wanted ? "1" : null;
}

const go = (index) => { location.hash = cards[index].id; };
const wanted = () => Math.max(0, cards.findIndex((card) => `#${card.id}` === location.hash));
back.addEventListener("click", () => go(now - 1));
next.addEventListener("click", () => go(now + 1));
addEventListener("hashchange", () => show(wanted(), true));
// Text that a learner has made big makes the bars tall: then they scroll with the card and cover nothing.
const measured = new ResizeObserver(() => {
  const heads = top.offsetHeight - note.offsetHeight; // news of the line comes and goes
  for (const [bar, height] of [[top, heads], [nav, nav.offsetHeight]]) bar.classList.toggle("tall", height * TALLEST > innerHeight);
});
for (const seen of [top, nav, document.documentElement]) measured.observe(seen);

// --- start
for (const reading of document.querySelectorAll(".reading")) {
  const listen = listenButton(() => reading.innerText);
  listen.dataset.reading = "";
  reading.before(listen);
}
for (const place of document.querySelectorAll(".doing > [data-exercise]")) {
  place.parentElement.dataset.was = place.dataset.exercise.split("/")[1];
}
showLine(note);
const cardOf = (exercise) => cards.find((card) => card.querySelector(`[data-was="${exercise}"]`))?.id ?? null;
const handIn = new HandIn(transport, page.lesson, cardOf);
nav.hidden = false;
progress.hidden = false;
document.documentElement.classList.add("ready");
show(wanted(), false);
keepForReading(transport);
