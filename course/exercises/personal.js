// What the gateway noticed of a person in a text that was to go to an AI outside: shown before anything has left.
import { button, h, uniqueId } from "./dom.js";
import { words } from "./wording.js";

export const isPersonal = (error) => error.code === "personal_data" && Boolean(error.detail?.masked);

// A place above the button that sends what stands in a text box. `send(wish)` sends it again, with "send" as it is;
// `changed()` hears that the box was; `told(text)` says something, `rest()` takes the focus; `open(whether)` hears that
// a choice is awaited.
export class PersonalStep {
  constructor({ field, send, changed, told, open, rest }) {
    Object.assign(this, { field, send, changed, told, open, rest });
    this.element = h("div");
  }

  // `detail` is the gateway's error: findings, masked, choices.
  ask(text, detail) {
    const id = uniqueId("hk-personal");
    const copy = { class: "hk-said hk-seen", tabindex: "0", role: "group", "aria-label": words.yourPrompt };
    const card = h("div", { class: "hk-block hk-personal", role: "group", tabindex: "-1", "aria-labelledby": id },
      h("p", { class: "hk-block-title", id }, words.personalTitle),
      h("p", {}, words.personalWhy),
      h("p", copy, marked(text, detail.findings)),
      h("div", { class: "hk-row" },
        button(words.maskAndSend, () => this.mask(text, detail), "hk-main"),
        button(words.editFirst, () => this.edit(text, detail)),
        detail.choices?.includes("send") ? button(words.sendAnyway, () => this.sendAsItIs(), "hk-quiet") : ""));
    this.element.replaceChildren(card);
    this.open(true);
    card.focus();
  }

  close() {
    this.element.replaceChildren();
    this.open(false);
  }

  mask(text, detail) {
    this.put(detail.masked);
    const undo = button(words.undo, () => {
      this.put(text);
      this.told(words.undone);
      this.field.box.focus();
    }, "hk-quiet");
    const places = inText(detail.findings).length;
    this.element.replaceChildren(h("div", { class: "hk-row" }, h("span", { class: "hk-note" }, words.maskedPlaces(places)), undo));
    undo.focus();
    this.send("");
  }

  edit(text, detail) {
    this.close();
    const { box } = this.field;
    const [first] = inText(detail.findings);
    const found = first ? [...text].slice(first.start, first.end).join("") : "";
    const at = box.value.indexOf(found);
    box.focus();
    if (found && at >= 0) box.setSelectionRange(at, at + found.length);
  }

  sendAsItIs() {
    this.close();
    this.send("send");
    this.rest();
  }

  put(text) {
    this.field.set(text);
    this.changed();
    this.close();
  }
}

// A page sends one message, so whatever was noticed stands in it.
function inText(findings) {
  return (findings || []).filter((finding) => finding.place === "messages.0.content");
}

// The gateway counts characters, a page's strings halves of some: emoji would shift what comes after them.
function marked(text, findings) {
  const characters = [...text];
  const nodes = [];
  let done = 0;
  for (const { start, end, label } of inText(findings)) {
    nodes.push(characters.slice(done, start).join(""),
      h("mark", {}, characters.slice(start, end).join(""), " ", h("small", {}, `(${label})`)));
    done = end;
  }
  return [...nodes, characters.slice(done).join("")];
}
