// prompt: facts are tapped from the card into the box, the AI answers, and the learner edits what goes out.
import { button, copyText, h, textBox } from "./dom.js";
import { widget } from "./kit.js";
import { facts, materialView } from "./material.js";
import { Matrix } from "./matrix.js";
import { PersonalStep, isPersonal } from "./personal.js";
import { dictation } from "./speech.js";
import { betterView, triesView } from "./tries.js";
import { VisitList } from "./visit.js";
import { words } from "./wording.js";

const SHOWN_TRIES = 12;

class Conversation {
  constructor({ exercise, answer, pictures, transport, changed }) {
    Object.assign(this, { exercise, transport, changed });
    this.tries = new VisitList(`hocai.tries:${transport.user}:${exercise.id}`, SHOWN_TRIES); // the gateway has a record of its own
    this.stopper = null;
    this.prompt = textBox({ label: words.yourPrompt, value: answer.prompt || "", rows: 4, placeholder: words.promptHere, oninput: () => this.edited() });
    this.final = textBox({
      label: words.final, value: answer.final || "", rows: 5, oninput: changed,
      hint: h("p", { class: "hk-note" }, words.finalHelp),
    });
    const tap = (fact) => this.toggle(fact);
    const holds = (fact) => this.prompt.box.value.includes(fact);
    this.matrix = this.weighing(answer, (texts) => h("div", {}, facts(texts, tap, holds)));
    this.material = materialView(exercise.material || [], { pictures, tap, holds, matrix: this.matrix });
    const titles = (exercise.material || []).map((block) => block.title).filter(Boolean).join(", ");
    this.attached = exercise.attached && titles ? h("p", { class: "hk-note" }, words.attached(titles)) : "";
    this.askButton = button(words.askAI, () => this.ask(), "hk-main");
    this.stopButton = button(words.stop, () => this.stopper?.abort(), "hk-quiet");
    this.stopButton.hidden = true;
    this.status = h("p", { class: "hk-live", role: "status", tabindex: "-1" });
    this.personal = new PersonalStep({
      field: this.prompt, send: (wish) => this.ask(wish), changed: () => this.edited(),
      told: (text) => { this.status.textContent = text; }, open: (on) => { this.askButton.hidden = on; },
      rest: () => this.status.focus(),
    });
    this.label = h("p", { class: "hk-block-title" });
    this.said = h("p", { class: "hk-said" });
    this.better = h("div");
    this.reply = h("div", { class: "hk-block hk-reply", hidden: true }, this.label, this.said, this.better);
    this.past = h("div");
    this.takeButton = button(words.takeReply, () => this.take(), "hk-quiet");
    this.question = h("div");
    this.copied = h("p", { class: "hk-live", role: "status" });
    this.restore();
  }

  // The matrix whose weights are set here: its figures can be tapped into the prompt like a card's facts.
  weighing(answer, chips) {
    const boxes = (this.exercise.boxes || []).filter((box) => box.kind === "weight");
    const block = boxes.length ? this.exercise.material.find((one) => one.kind === "matrix" && !one.weights) : null;
    return block ? new Matrix(block, { boxes, chips, values: answer.boxes || {}, changed: this.changed }) : null;
  }

  get element() {
    const copy = button(words.copy, async () => {
      this.copied.textContent = (await copyText(this.final.box)) ? words.copied : words.copyFailed;
    }, "hk-quiet");
    return h("div", { class: "hk-prompt" },
      h("div", { class: "hk-side" }, h("div", {}, this.material),
        h("div", {}, this.attached, this.prompt.element, dictation(this.prompt.box, () => this.edited()),
          this.personal.element, h("div", { class: "hk-row" }, this.askButton, this.stopButton), this.status)),
      this.reply, this.past,
      h("div", { class: "hk-final" }, this.takeButton, this.question, this.final.element,
        h("div", { class: "hk-row" }, copy), this.copied));
  }

  restore() {
    const last = this.tries.list.at(-1);
    if (last) this.showReply(last);
    this.draw();
  }

  draw() {
    const { list } = this.tries;
    this.past.replaceChildren(...(list.length ? [triesView(list)] : []));
    this.askButton.textContent = list.length ? words.askAgain : words.askAI;
    this.takeButton.hidden = !this.said.textContent;
  }

  edited() {
    this.personal.close();
    for (const chip of this.material.flatMap((block) => [...block.querySelectorAll(".hk-chip")])) chip.refresh();
    this.changed();
  }

  // A tapped fact goes where the cursor is, a second tap takes it out again.
  toggle(fact) {
    const { box } = this.prompt;
    const text = box.value;
    if (text.includes(fact)) {
      const [before, ...rest] = text.split(fact);
      const after = rest.join(fact).replace(/^[,\s]+/, "");
      const joint = before && after && !/\s$/.test(before) ? " " : "";
      this.prompt.set(after ? `${before}${joint}${after}` : before.replace(/[,\s]+$/, ""));
    } else {
      const at = document.activeElement === box ? box.selectionStart : text.length;
      const [before, after] = [text.slice(0, at).trimEnd(), text.slice(at).trimStart()];
      const joint = before && !/[\s,;:.(]$/.test(before) ? ", " : before ? " " : "";
      this.prompt.set(`${before}${joint}${fact}${after ? ` ${after}` : ""}`);
    }
    this.edited();
  }

  showReply({ label, reply, better, cached }) {
    this.label.textContent = words.replyOf(label || words.practiceAI, cached);
    this.said.textContent = reply;
    this.better.replaceChildren(...betterView(better));
    this.reply.hidden = false;
  }

  // `wish` is what shall be done with personal data: "send" them as they are, or "" to be asked.
  async ask(wish = "") {
    const prompt = this.prompt.box.value.trim().normalize("NFC");
    if (!prompt) {
      this.status.textContent = words.notDone(words.writeFirst);
      this.prompt.box.focus();
      return;
    }
    const one = { prompt, reply: "", label: "", cached: false, better: [] };
    const before = this.tries.list.at(-1)?.prompt;
    let masked = [];
    let note = "";
    this.stopper = new AbortController();
    this.busy(true);
    try {
      for await (const piece of this.transport.reply(this.exercise.id, prompt, this.stopper.signal, wish, before)) {
        one.label ||= piece.label;
        one.cached ||= piece.cached;
        masked = piece.masked || masked;
        note ||= piece.note;
        one.better = piece.better || one.better;
        one.reply += piece.text;
        this.showReply(one);
      }
      const told = masked.length ? `${words.replyDone} ${words.maskedBefore(masked)}` : words.replyDone;
      this.status.textContent = note || told;
    } catch (error) {
      this.status.textContent = isPersonal(error) ? "" : this.trouble(error, one.reply);
      if (isPersonal(error)) this.personal.ask(prompt, error.detail);
    }
    this.busy(false);
    if (one.reply) this.tries.add(one);
    this.draw();
  }

  trouble(error, reply) {
    if (error.name === "AbortError") return words.replyStopped;
    if (error.ours) return error.message;
    return reply ? words.replyBroken : words.aiBusy;
  }

  busy(on) {
    this.askButton.disabled = on;
    this.stopButton.hidden = !on;
    if (on) this.status.textContent = words.replying;
  }

  take() {
    const put = () => {
      this.final.set(this.said.textContent);
      this.question.replaceChildren();
      this.final.box.focus();
      this.changed();
    };
    if (!this.final.box.value.trim() || this.final.box.value === this.said.textContent) {
      put();
      return;
    }
    this.question.replaceChildren(h("p", {}, words.replaceDraft), h("div", { class: "hk-row" },
      button(words.replaceNo, () => this.question.replaceChildren()), button(words.replaceYes, put, "hk-quiet")));
  }
}

function create(context) {
  const talk = new Conversation(context);
  return {
    element: talk.element,
    read: () => ({
      prompt: talk.prompt.box.value.normalize("NFC"), final: talk.final.box.value.normalize("NFC"),
      ...(talk.matrix ? { boxes: talk.matrix.read } : {}),
    }),
    missing: () => (talk.prompt.box.value.trim() ? "" : words.writeFirst),
    mark() {},
    close: () => talk.stopper?.abort(),
  };
}

export default widget(create, { ownMaterial: true });
