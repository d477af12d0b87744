// make: a picture is made and opened. Lettering is laid over it by campus, for what an image model writes is often misspelt.
import { button, h, textBox, uniqueId } from "./dom.js";
import { widget } from "./kit.js";
import { materialView } from "./material.js";
import { asFile, ownPicture } from "./pictures.js";
import { dictation } from "./speech.js";
import { words } from "./wording.js";

const TEXTS = ["title", "lines", "note"];
const COLOURS = ["white", "yellow", "red", "green", "blue", "black"];
const CHOICES = {
  shape: ["tall", "square", "wide"],
  title_size: ["small", "medium", "large"],
  lines_size: ["small", "medium", "large"],
  ink: COLOURS,
  ground: COLOURS,
  place: ["panel", "over"],
};
const MOST = 40; // words; the count beside the boxes turns there

class Poster {
  constructor({ exercise, answer, pictures, transport, changed }) {
    Object.assign(this, { exercise, transport, changed });
    this.design = { ...exercise.making.start, ...answer.design };
    this.artefact = answer.artefact || "";
    this.built = this.artefact ? JSON.stringify(this.design) : "";
    this.prompt = textBox({ label: words.drawPrompt, value: answer.prompt || "", rows: 3, placeholder: words.drawHere, oninput: changed });
    this.boxes = Object.fromEntries(TEXTS.map((part) => [part, textBox({
      label: words.posterTexts[part], value: this.design[part], rows: part === "lines" ? 3 : 1, oninput: () => this.put(part, this.boxes[part].box.value),
    })]));
    this.material = materialView(exercise.material || [], {
      pictures, tap: (fact) => this.toggle(fact), holds: (fact) => this.holds(fact), note: words.tapIntoPoster,
    });
    this.places = TEXTS.map((part) => button(words.posterPlaces[part], () => this.aim(part), "hk-small"));
    this.aim(this.design.title ? "lines" : "title");
    for (const part of TEXTS) this.boxes[part].box.addEventListener("focus", () => this.aim(part));
    this.status = h("p", { class: "hk-live", role: "status" });
    this.said = h("p", { class: "hk-live", role: "status" });
    this.count = h("p", { class: "hk-note" });
    this.ground = h("div", { class: "hk-ground" });
    this.shown = h("div", { class: "hk-made" });
    this.drawButton = button(words.draw, () => this.draw());
    this.buildButton = button(words.build, () => this.build(), "hk-main");
    this.counted();
    this.showGround();
    if (this.artefact) this.show(this.artefact);
  }

  get element() {
    const { making } = this.exercise;
    const own = (label, take) => ownPicture(label, take, (text) => { this.said.textContent = text; });
    return h("div", { class: "hk-make" },
      step(words.stepPicture, this.prompt.element, dictation(this.prompt.box, this.changed),
        h("div", { class: "hk-row" }, this.drawButton, own(words.ownGround, (file) => this.take(file))), this.said, this.ground),
      step(words.stepTexts, this.material, h("div", { class: "hk-row", role: "group", "aria-label": words.tapInto }, this.places),
        TEXTS.map((part) => this.boxes[part].element), this.count),
      step(words.stepLooks, Object.keys(CHOICES).map((name) => this.choice(name))),
      h("div", { class: "hk-row" }, this.buildButton), this.status, this.shown,
      making.own ? h("details", {}, h("summary", {}, words.ownPoster), h("p", { class: "hk-note" }, words.ownPosterHelp),
        own(words.ownPosterPick, (file) => this.handOver(file))) : "");
  }

  // One row of buttons of which one is pressed.
  choice(name) {
    const title = uniqueId("hk-choice");
    const nodes = CHOICES[name].map((value) => {
      const colour = name === "ink" || name === "ground";
      const node = button(words.posterChoices[colour ? "colour" : name][value], () => {
        this.put(name, value);
        for (const other of nodes) other.setAttribute("aria-pressed", String(other === node));
      }, `hk-small${colour ? ` hk-colour hk-colour-${value}` : ""}`);
      node.setAttribute("aria-pressed", String(this.design[name] === value));
      return node;
    });
    return h("div", { class: "hk-choice", role: "group", "aria-labelledby": title }, h("p", { id: title, class: "hk-block-title" }, words.posterLooks[name]),
      h("div", { class: "hk-chips" }, nodes));
  }

  put(part, value) {
    this.design = { ...this.design, [part]: value.normalize("NFC") };
    for (const chip of this.material.flatMap((block) => [...block.querySelectorAll(".hk-chip")])) chip.refresh();
    this.counted();
    if (this.built && this.built !== JSON.stringify(this.design)) this.status.textContent = words.rebuild;
    this.changed();
  }

  counted() {
    const n = TEXTS.map((part) => this.design[part]).join(" ").split(/\s+/).filter(Boolean).length;
    this.count.textContent = n > MOST ? words.manyWords(n, MOST) : words.wordCount(n);
  }

  holds(fact) {
    return TEXTS.some((part) => this.design[part].includes(fact));
  }

  // Where the next tapped fact goes.
  aim(part) {
    this.into = part;
    this.places.forEach((place, at) => place.setAttribute("aria-pressed", String(TEXTS[at] === part)));
  }

  // A tapped fact goes where it was aimed, a line of its own; a second tap takes it out again.
  toggle(fact) {
    const holder = TEXTS.find((part) => this.design[part].includes(fact));
    const part = holder || this.into;
    const text = this.design[part];
    const next = holder
      ? text.replace(fact, "").split("\n").map((line) => line.trim()).filter(Boolean).join("\n")
      : [text.trim(), fact].filter(Boolean).join(part === "lines" ? "\n" : " ");
    this.boxes[part].set(next);
    this.put(part, next);
    if (!holder && part === "title") this.aim("lines"); // one thing leads
  }

  async draw() {
    const prompt = this.prompt.box.value.trim().normalize("NFC");
    if (!prompt) {
      this.said.textContent = words.notDone(words.writeFirst);
      this.prompt.box.focus();
      return;
    }
    await this.busy(this.drawButton, this.said, words.drawing, async () => {
      const { file, label, note, told } = await this.transport.draw(this.exercise.id, prompt);
      await this.take(file);
      this.said.textContent = note || told || words.drawn(label || words.practiceAI);
    });
  }

  // A picture becomes the one behind the lettering.
  async take(file) {
    const { artefact } = await this.transport.upload(`exercises/${this.exercise.id}/artefacts`, await asFile(file));
    this.put("picture", artefact);
    await this.showGround();
  }

  async handOver(file) {
    const { artefact } = await this.transport.upload(`exercises/${this.exercise.id}/artefacts?read=1`, await asFile(file));
    await this.made(artefact, words.handedOver);
  }

  async build() {
    const design = JSON.stringify(this.design);
    await this.busy(this.buildButton, this.status, words.building, async () => {
      const { artefact } = await this.transport.call("POST", `exercises/${this.exercise.id}/poster`, { design: JSON.parse(design) });
      await this.made(artefact, words.builtDone, design);
    });
  }

  async made(artefact, told, design = JSON.stringify(this.design)) {
    this.artefact = artefact;
    this.built = design;
    this.changed();
    await this.show(artefact);
    this.status.textContent = told;
  }

  async show(artefact) {
    const picture = await this.image(artefact, words.posterAlt([this.design.title, this.design.lines].join(". ")), this.shown);
    if (!picture) return;
    const save = h("a", { class: "hk-button", href: picture.src, download: "poster.jpg" }, words.savePoster);
    this.shown.replaceChildren(picture, h("div", { class: "hk-row" }, save));
  }

  async showGround() {
    const { picture } = this.design;
    this.ground.replaceChildren();
    if (!picture) return;
    const image = await this.image(picture, words.groundAlt, this.ground);
    const drop = button(words.dropGround, () => {
      this.put("picture", "");
      this.showGround();
    }, "hk-quiet");
    this.ground.replaceChildren(image || "", h("div", { class: "hk-row" }, drop));
  }

  // null when it could not be had; the place then says so.
  async image(artefact, alt, place) {
    try {
      return h("img", { src: await this.transport.picture(artefact), alt });
    } catch (error) {
      place.replaceChildren(h("p", { class: "hk-note" }, error.message));
      return null;
    }
  }

  async busy(node, status, told, work) {
    node.disabled = true;
    status.textContent = told;
    try {
      await work();
    } catch (error) {
      status.textContent = error.message || words.aiBusy;
    }
    node.disabled = false;
  }
}

function step(title, ...children) {
  return h("div", { class: "hk-part" }, h("h3", {}, title), ...children);
}

function create(context) {
  const poster = new Poster(context);
  return {
    element: poster.element,
    read: () => ({ artefact: poster.artefact, design: poster.design, prompt: poster.prompt.box.value.normalize("NFC") }),
    missing: () => (poster.artefact && poster.built === JSON.stringify(poster.design) ? "" : words.buildFirst),
    mark() {},
  };
}

export default widget(create, { ownMaterial: true });
