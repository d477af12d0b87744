// The live parts of a lesson: opened when the text is there, brought back by one press when they stopped.
import { Channel } from "./channel.js";
import { button, h } from "./dom.js";
import { hostOfWidgets } from "./host_of_widgets.js";
import { words } from "./live_words.js";
import { nameControls } from "./names.js";
import { outputPlaces } from "./output.js";
import { ownPage } from "./own_page.js";

const page = document.body.dataset;
const places = [...document.querySelectorAll(".live[data-cell]")];
let channel = null;
let modules = null;
let said = ""; // why the service ends it
let over = ""; // why it has ended

function note(text, ...more) {
  for (const place of places) {
    place.querySelector(".live-note")?.remove();
    place.append(h("div", { class: "live-note", role: "status" }, h("p", {}, text), ...more.map((make) => make())));
  }
}

function open() {
  said = "";
  over = "";
  note(words.opening);
  modules ||= loaded();
  let host = null;
  const HEARD = {
    waiting: ({ ahead }) => note(words.waiting(ahead)),
    ended: ({ why }) => { said = why; },
    open: ({ cells, widgets }) => {
      mine.turn = mine.turn.then(async () => { // before whatever the kernel says next
        host = hostOfWidgets(await modules, mine, page.anywidget);
        await host.fill(widgets);
        show(cells, host);
      }).catch((error) => {
        console.error(error);
        modules = null;
        said = "fault";
        mine.close();
      });
    },
  };
  const mine = new Channel(page.kernel, {
    heard: (message) => mine === channel && HEARD[message.hocai](message),
    kernel: (message) => host?.take(message),
    closed: () => mine === channel && ended(said || "closed"),
  });
  channel = mine;
}

function show(cells, host) {
  for (const place of places) {
    const { outputs, fault } = cells[place.dataset.cell] || { outputs: [], fault: {} };
    if (fault) {
      place.replaceChildren(h("p", { class: "live-fault" }, words.cellFailed), button(words.retry, restart, "hk-quiet"),
        fault.details ? h("details", {}, h("summary", {}, words.details), h("pre", {}, fault.details)) : "");
    } else place.replaceChildren(...outputPlaces(outputs, host));
  }
  document.documentElement.classList.add("live-ready");
}

// Said once in each place; what was shown stays to be looked at.
function ended(why) {
  over = why;
  document.documentElement.classList.remove("live-ready");
  note(words.ended[why] || words.ended.fault, () => button(words.retry, restart, "hk-main"));
}

// Where the sign-in has run out a new page brings it back.
async function restart() {
  const last = channel;
  channel = null;
  last?.close();
  const asked = await fetch(page.session, { headers: ownPage(), cache: "no-store" }).catch(() => null);
  if (asked?.status === 401) location.reload();
  else open();
}

async function loaded() {
  document.head.append(h("link", { rel: "stylesheet", href: page.widgetsStyle }));
  return import(page.widgets);
}

places.forEach(nameControls);

// Begun when the card with a live part is the next one, so that nobody waits and nobody holds a kernel for nothing.
const cards = [...document.querySelectorAll(".step")];
const near = () => {
  const now = cards.findIndex((card) => card.classList.contains("now"));
  return cards.slice(0, now + 2).some((card) => card.querySelector(".live[data-cell]"));
};
const begin = () => { if (!channel && near()) open(); };
addEventListener("hashchange", begin);
begin();

// A phone that slept, a line that is back: no press is needed.
const wake = () => {
  if (document.visibilityState === "visible" && ["idle", "closed"].includes(over)) restart();
};
document.addEventListener("visibilitychange", wake);
addEventListener("online", wake);
addEventListener("pagehide", () => channel?.close());
