// The coach: a small conversation under the exercise, kept for this visit. It asks back; the gateway sees to it that it
// hands nothing out, and whatever stands here may have been written by anybody.
import { button, h, paragraphs, textBox, uniqueId } from "./dom.js";
import { dictation } from "./speech.js";
import { VisitList } from "./visit.js";
import { words } from "./wording.js";

const KEPT = 12; // turns
const LONGEST = 2000; // characters of a message

export class Coach {
  // `read()`: the answer as it stands; `hint`: {seen(), open()}, to open the next hint by its own button.
  constructor({ exercise, transport, read, hint }) {
    Object.assign(this, { exercise, transport, read, hint, turns: null, stopper: null });
    this.button = button(words.coach, () => this.toggle(), "hk-quiet");
    this.element = h("section", { class: "hk-coach", id: uniqueId("hk-coach"), "aria-label": words.coachName, hidden: true });
    this.button.setAttribute("aria-controls", this.element.id);
    this.button.setAttribute("aria-expanded", "false");
  }

  toggle() {
    const open = this.element.hidden;
    if (!this.box) this.build();
    this.element.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    this.title.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "nearest" });
  }

  build() {
    this.turns = new VisitList(`hocai.coach:${this.transport.user}:${this.exercise}`, KEPT);
    this.title = h("p", { class: "hk-block-title", tabindex: "-1" }, words.coachName);
    this.talk = h("ol", { class: "hk-talk" });
    this.status = h("p", { class: "hk-live", role: "status" });
    const field = textBox({ label: words.coachAsk, rows: 2, oninput: () => {} });
    this.box = field.box;
    this.box.maxLength = LONGEST;
    this.clear = () => field.set("");
    this.box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.send();
    });
    this.sendButton = button(words.coachSend, () => this.send(), "hk-main");
    this.stopButton = button(words.stop, () => this.stopper?.abort(), "hk-quiet");
    this.chips = words.coachChips.map((text) => button(text, () => this.ask(text), "hk-small"));
    this.element.append(this.title, h("p", { class: "hk-note" }, words.coachNote),
      h("div", { role: "log", "aria-label": words.coachTalk }, this.talk), this.status,
      h("div", { class: "hk-row" }, this.chips), field.element, dictation(this.box, () => {}),
      h("div", { class: "hk-row" }, this.sendButton, this.stopButton, button(words.coachClose, () => this.close(), "hk-quiet")));
    this.busy(false);
    this.talk.append(...this.turns.list.map((turn) => this.line(turn)));
  }

  close() {
    this.toggle();
    this.button.focus();
  }

  line({ by, text, label, points_to: to }) {
    const mine = by === "learner";
    return h("li", { class: mine ? "hk-turn hk-mine" : "hk-turn hk-bubble" },
      h("p", { class: "hk-block-title" }, mine ? words.you : words.coachOf(label)), paragraphs(text),
      to?.hint > this.hint.seen() ? this.opener(to.hint) : "");
  }

  opener(number) {
    const node = button(words.openHint(number), async () => {
      node.disabled = true;
      await this.hint.open(number);
      node.disabled = false;
      for (const one of this.talk.querySelectorAll("[data-hint]")) if (one.dataset.hint <= this.hint.seen()) one.remove();
    }, "hk-small");
    node.dataset.hint = number;
    return node;
  }

  show(turn) {
    const node = this.line(turn);
    this.talk.append(node);
    node.scrollIntoView({ block: "nearest" });
    return node;
  }

  send() {
    const text = this.box.value.trim().normalize("NFC");
    if (text) this.ask(text);
    else this.status.textContent = words.notDone(words.writeFirst);
  }

  async ask(message) {
    if (this.stopper) return;
    this.busy(true);
    const history = this.turns.list.map(({ by, text }) => ({ by, text }));
    const mine = { by: "learner", text: message };
    const shown = this.show(mine);
    try {
      const said = await this.transport.coach(this.exercise, { message, answer: this.read(), history }, this.stopper.signal);
      if (message === this.box.value.trim().normalize("NFC")) this.clear();
      const reply = { by: "coach", text: said.reply, label: said.hocai.label, points_to: said.points_to };
      this.turns.add(mine, reply);
      this.show(reply);
      this.status.textContent = [said.hocai.note, said.hocai.masked?.length ? words.maskedBefore(said.hocai.masked) : ""].filter(Boolean).join(" ");
    } catch (error) {
      shown.remove();
      this.status.textContent = trouble(error);
      if (!this.box.value.trim()) this.box.value = message; // so that it can be sent again
    }
    this.busy(false);
  }

  busy(on) {
    this.stopper = on ? new AbortController() : null;
    for (const node of [this.sendButton, ...this.chips]) node.disabled = on;
    this.stopButton.hidden = !on;
    if (on) this.status.textContent = words.coachThinks;
  }
}

function trouble(error) {
  if (error.name === "AbortError") return words.coachStopped;
  if (error.offline) return words.coachOffline;
  return error.ours ? error.message : words.coachAway;
}
