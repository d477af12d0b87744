// The blocks of material a learner looks at or hears: card, text, table, chat, an AI's reply, a picture, a sound,
// a decision matrix.
import { h, paragraphs } from "./dom.js";
import { Matrix } from "./matrix.js";
import { words } from "./wording.js";

// `tap(fact)` makes a card's facts buttons, `note` says where they go; `holds(fact)`: whether it stands there now.
// `pictures`: the Files that pictures and sounds come from. `matrix`: the one whose weights the exercise sets, where it has one.
export function materialView(blocks, { pictures, tap = null, holds = () => false, note = words.tapFacts, matrix = null } = {}) {
  return blocks.map((block) => h(
    "div",
    { class: `hk-block hk-${block.kind}` },
    block.title ? h("p", { class: "hk-block-title" }, block.title) : "",
    block.kind === "matrix" ? weighed(block, matrix) : body(block, pictures, tap, holds, note),
  ));
}

function body(block, pictures, tap, holds, note) {
  if (block.kind === "table") return table(block);
  if (block.kind === "chat") return chat(block.text || "");
  if (block.kind === "image") return picture(block, pictures);
  if (block.kind === "audio") return [...sound(block, pictures), ...chat(block.text)];
  const parts = paragraphs(block.text);
  if (block.passages?.length) parts.push(h("ul", { class: "hk-passages" }, block.passages.map((one) => h("li", {}, passage(one)))));
  if (block.facts?.length) parts.push(facts(block.facts, tap, holds, note));
  if (block.private?.length) {
    parts.push(h("p", { class: "hk-note" }, words.privateFact),
      h("ul", { class: "hk-private" }, block.private.map((text) => h("li", {}, text))));
  }
  return parts;
}

// A passage as it stands in the source and as it is pointed at: its tag, then its words.
export function passage({ id, text }) {
  return [h("span", { class: "hk-passage-tag" }, id), " ", h("span", {}, text)];
}

function weighed(block, matrix) {
  return [paragraphs(block.text), (block.weights ? new Matrix(block) : matrix).element];
}

export function facts(texts, tap, holds, note = words.tapFacts) {
  if (!tap) return h("ul", {}, texts.map((text) => h("li", {}, text)));
  const chips = texts.map((text) => {
    const chip = h("button", { type: "button", class: "hk-chip", "aria-pressed": String(holds(text)) }, text);
    chip.refresh = () => chip.setAttribute("aria-pressed", String(holds(text)));
    chip.addEventListener("click", () => {
      tap(text);
      chip.refresh();
    });
    return chip;
  });
  return [h("p", { class: "hk-note" }, note), h("div", { class: "hk-chips" }, chips)];
}

function table({ rows = [] }) {
  const [head = [], ...rest] = rows;
  return h("div", { class: "hk-scroll", tabindex: "0", role: "group" }, h("table", {},
    h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, rest.map((row) => h("tr", {}, row.map((text) => h("td", {}, text)))))));
}

function chat(text) {
  return text.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => {
    const [, who, said] = line.match(/^([^:]{1,40}):\s*(.*)$/) || [null, "", line];
    return h("p", { class: "hk-said" }, who ? h("strong", {}, `${who}: `) : "", said);
  });
}

function picture(block, pictures) {
  const image = h("img", { alt: block.alt, loading: "lazy" });
  image.addEventListener("error", () => image.replaceWith(h("p", { class: "hk-note" }, words.pictures(block.alt))));
  pictures.show(image, block.src);
  return image;
}

// A page loads nothing before it is asked for: what is said stands below, and the line may be thin.
function sound(block, pictures) {
  const label = h("p", { class: "hk-note" }, words.sounds(block.alt));
  const player = h("audio", { controls: true, preload: "none", "aria-label": block.alt });
  player.addEventListener("error", () => player.replaceWith(h("p", { class: "hk-note" }, words.noSound)));
  pictures.show(player, block.src);
  return [label, player];
}
