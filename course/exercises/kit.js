// The frame around every exercise: loads its state, keeps drafts, checks, shows results and help.
// A kind gives `create(context)` -> {element, read(), missing(), mark(result), close?()}.
import { ActiveSeconds } from "./active.js";
import { Coach } from "./coach.js";
import { button, h, paragraphs, uniqueId, uniqueKey } from "./dom.js";
import { Drafts } from "./drafts.js";
import { Files } from "./files.js";
import { Help } from "./help.js";
import { line } from "./line.js";
import { materialView } from "./material.js";
import { resultView } from "./result.js";
import { BEGUN, beginButton, Clock } from "./sitting.js";
import { listenButton } from "./speech.js";
import { Transport } from "./transport.js";
import { words } from "./wording.js";

// The anywidget of a kind. Options: `ownAsk`, `ownMaterial`: the kind shows that itself; `unchecked`: nothing to check.
export function widget(create, options = {}) {
  return {
    render({ model, el }) {
      const frame = new Frame(create, options, model, el);
      frame.open();
      return () => frame.close();
    },
  };
}

const spoken = (block) => block.text || [...(block.facts || []), ...(block.passages || []).map((one) => one.text)].join(". ");

class Frame {
  constructor(create, options, model, el) {
    Object.assign(this, { create, options, model, el });
    this.id = model.get("exercise");
    this.transport = new Transport(model);
    this.active = new ActiveSeconds(el);
    this.saved = h("p", { class: "hk-saved", role: "status" });
    this.pictures = new Files(this.id.split("/")[0], this.transport, model.get("page"));
    this.drafts = new Drafts(this.transport, this.id, this.active, (how, error) => this.sayDraft(how, error));
    this.deaf = line.listen((up) => up && !this.body && this.open());
    this.onWake = () => this.lookAgain();
    document.addEventListener("visibilitychange", this.onWake);
    this.onBegun = () => !this.body && this.open();
    document.addEventListener(BEGUN, this.onBegun);
    // JupyterLab's shortcuts (arrows move the cell, Enter edits it) must leave keys to what has the focus here
    el.addEventListener("focusin", (event) => event.target.setAttribute("data-lm-suppress-shortcuts", ""));
    if (!el.childElementCount) el.innerHTML = model.get("fallback"); // written and escaped by the kit's Python side
  }

  async open() {
    if (this.opening) return;
    this.opening = true;
    this.note?.remove();
    const note = h("p", { class: "hk-note", role: "status" }, words.opening);
    this.note = note;
    this.el.append(note);
    try {
      this.state = await this.transport.call("GET", `exercises/${this.id}`);
      this.build();
    } catch (error) {
      const begin = beginButton(error, this.transport, this.id.split("/")[0], (trouble) => this.refuse(note, trouble));
      if (begin) note.replaceChildren(h("p", {}, error.message), begin);
      else this.refuse(note, error);
    }
    this.opening = false;
  }

  refuse(note, error) {
    note.replaceChildren(h("p", {}, error.message), this.waysOn(error, () => this.open()));
    note.classList.add("hk-trouble");
  }

  build() {
    const { exercise } = this.state;
    const { pictures } = this;
    this.body?.close?.();
    this.result = this.state.result;
    const answer = this.lastAnswer();
    this.body = this.create({
      exercise, answer, pictures, state: this.state, transport: this.transport, changed: () => this.changed(),
    });
    this.live = h("p", { class: "hk-live", role: "status" });
    this.trouble = h("div", { class: "hk-trouble", role: "alert", hidden: true });
    this.results = h("div", { class: "hk-results", "aria-live": "polite" });
    this.help = new Help(this.state, (path, from, body) => this.post(path, from, body), () => this.result?.points ?? 0);
    this.coach ||= this.coached();
    this.clock?.close();
    this.clock = this.state.sitting && new Clock(this.state.sitting, this.transport, () => this.drafts.flush().then(() => this.open()));
    this.body.element.inert = Boolean(this.clock && this.clock.state !== "running");
    const title = uniqueId("hk-title");
    const section = h("section", { class: `hk hk-kind-${exercise.kind}`, "aria-labelledby": title },
      this.header(exercise, title), this.clock?.element || "", this.options.ownAsk ? "" : h("div", { class: "hk-ask" }, paragraphs(exercise.ask)),
      this.options.ownMaterial ? "" : materialView(exercise.material || [], { pictures }),
      this.body.element, this.actions(exercise), this.live, this.trouble, this.results, this.help.element, this.coach.element);
    this.el.replaceChildren(this.folded(exercise, section));
    if (this.result) this.show(this.result, false);
    this.drafts.flush();
  }

  // The coach outlives a body that is built anew: it goes by what stands here when it is asked.
  coached() {
    const { transport } = this;
    const open = async (number) => this.help.hints.length < number && this.help.moreHints();
    const hint = { seen: () => this.help.hints.length, open };
    return new Coach({ exercise: this.id, transport, read: () => this.body.read(), hint });
  }

  // What this browser could not send, else campus's draft, else the answer in the notebook's call.
  lastAnswer() {
    return this.drafts.begin(this.state) || this.state.answer || this.model.get("answer") || {};
  }

  // When the page is looked at again: what another tab or another phone saved meanwhile.
  async lookAgain() {
    const idle = this.body && this.drafts.unsaved === null && line.up && document.visibilityState === "visible";
    if (!idle || !this.el.checkVisibility()) return;
    try {
      const state = await this.transport.call("GET", `exercises/${this.id}`);
      const same = state.saved_at === this.drafts.base || JSON.stringify(state.answer) === JSON.stringify(this.body.read());
      if (same || this.drafts.unsaved !== null) return;
      this.state = state;
      this.build();
    } catch {
      line.reached(); // what is shown stays; the next change finds out
    }
  }

  // The buttons after something failed: once more, or by way of signing in.
  waysOn(error, again) {
    const signIn = error.status === 401 && this.model.get("page");
    return h("div", { class: "hk-row" }, signIn ? button(words.signIn, () => location.reload(), "hk-main") : "", button(words.retry, again));
  }

  header(exercise, title) {
    const aloud = () => [exercise.title, exercise.ask, ...(exercise.material || []).map(spoken)]
      .filter(Boolean).join("\n");
    return h("header", { class: "hk-header" }, h("h2", { id: title }, exercise.title),
      exercise.graded ? h("span", { class: "hk-points" }, words.points(exercise.points)) : "", listenButton(aloud));
  }

  actions(exercise) {
    this.checkButton = button(exercise.kind === "predict" ? words.guess : words.check, () => this.check(), "hk-main");
    this.checkButton.hidden = Boolean(this.options.unchecked);
    if (this.clock) return h("div", { class: "hk-actions" }, this.saved); // of a challenge: no checks, no help
    return h("div", { class: "hk-actions" }, this.checkButton, this.help.buttons, this.coach.button, this.saved);
  }

  // In JupyterLab the stand-in of a code exercise is folded away: the code itself is the task there.
  folded(exercise, section) {
    if (!exercise.stands_in_for || this.model.get("page")) return section;
    return h("details", { class: "hk-stand-in" }, h("summary", {}, words.standIn), section);
  }

  changed() {
    this.drafts.keep(this.body.read());
    this.live.textContent = "";
    if (this.result && !this.results.querySelector(".hk-earlier")) {
      this.results.firstElementChild?.classList.add("hk-stale");
      this.results.prepend(h("p", { class: "hk-note hk-earlier" }, words.earlier));
    }
  }

  sayDraft(how, error) {
    this.saved.textContent = { saving: words.saving, saved: words.saved, here: words.savedHere, newer: words.savedHere, past: "" }[how];
    if (how === "newer") this.askWhich(error);
    if (how === "past") this.open().then(() => this.tell(error, () => this.open()));
    if (how === "here" && error.status === 401) this.tell(error, () => this.drafts.flush()); // nothing goes until they sign in
  }

  // What went wrong, and the ways on.
  tell(error, again) {
    const ways = this.waysOn(error, () => {
      this.trouble.hidden = true;
      again();
    });
    this.trouble.replaceChildren(h("p", {}, error.message), ways);
    this.trouble.hidden = false;
  }

  // Campus has a newer answer than the one this page went on from: nothing is lost until the learner has chosen.
  askWhich(error) {
    const mine = button(words.keepMine, () => {
      this.trouble.hidden = true;
      this.drafts.insist(this.body.read());
    }, "hk-quiet");
    const theirs = button(words.takeNewer, () => {
      this.drafts.newer = null;
      this.drafts.confirmed();
      this.open();
    }, "hk-quiet");
    this.trouble.replaceChildren(h("p", {}, error.message), h("div", { class: "hk-row" }, theirs, mine));
    this.trouble.hidden = false;
    this.trouble.scrollIntoView({ block: "nearest" });
  }

  async check() {
    const missing = this.body.missing();
    if (missing) {
      this.live.textContent = words.notDone(missing);
      return;
    }
    this.live.textContent = words.checking;
    const answer = this.body.read();
    this.drafts.unsaved = null; // the check carries the answer; the copy in this browser goes when it arrived
    const seconds = this.active.take();
    const body = { answer, active_s: seconds, ...this.drafts.origin() };
    const result = await this.post("check", this.checkButton, body, { "Idempotency-Key": this.checkKey(answer) });
    this.live.textContent = "";
    if (!result) {
      this.active.giveBack(seconds);
      this.drafts.keep(answer);
      return;
    }
    this.unheard = null;
    this.drafts.confirmed();
    this.sayDraft("saved");
    this.result = result;
    this.help.checked();
    this.show(result, true);
  }

  // The same for an answer whose check had no reply: it may have arrived, and campus counts a key once.
  checkKey(answer) {
    const text = JSON.stringify(answer);
    if (this.unheard?.text !== text) this.unheard = { text, key: uniqueKey() };
    return this.unheard.key;
  }

  show(result, fresh) {
    this.body.mark(result);
    const { graded, kind } = this.state.exercise;
    const view = resultView(result, { graded, fresh, title: kind === "teach_back" ? words.opened : words.reveal });
    this.results.replaceChildren(view);
    if (!fresh) return;
    view.focus({ preventScroll: true });
    view.scrollIntoView({ block: "nearest", behavior: "auto" });
  }

  // A POST for this exercise; null when it failed, and the learner was told and may try again.
  async post(path, from, body = {}, headers = {}) {
    from.disabled = true;
    this.trouble.hidden = true;
    try {
      return await this.transport.call("POST", `exercises/${this.id}/${path}`, body, headers);
    } catch (error) {
      if (this.drafts.refused(error)) return null;
      this.tell(error, () => from.click());
      this.trouble.scrollIntoView({ block: "nearest" });
      return null;
    } finally {
      from.disabled = false;
    }
  }

  close() {
    this.deaf();
    this.coach?.stopper?.abort();
    document.removeEventListener("visibilitychange", this.onWake);
    document.removeEventListener(BEGUN, this.onBegun);
    this.clock?.close();
    this.drafts.close();
    this.active.close();
    this.body?.close?.();
    this.pictures.close();
  }
}
