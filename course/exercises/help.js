// Hints one by one, then the worked solution behind a question that says what it costs.
import { button, h, paragraphs } from "./dom.js";
import { words } from "./wording.js";

export class Help {
  // `state` is campus's State; `ask(path, from, body)` posts and returns the answer, or null when it failed and was told.
  constructor(state, ask, earned) {
    this.ask = ask;
    this.earned = earned;
    this.max = state.exercise.points;
    this.hints = state.hints || [];
    this.left = state.hints_left ?? 0;
    this.solution = state.solution;
    this.tried = state.tries > 0;
    this.hintButton = button("", () => this.moreHints(), "hk-quiet");
    this.solutionButton = button(words.solution, () => this.question(), "hk-quiet");
    this.buttons = [this.hintButton, this.solutionButton];
    this.element = h("div", { class: "hk-help", "aria-live": "polite" });
    this.draw();
  }

  draw() {
    this.hintButton.textContent = words.hint(this.left);
    this.hintButton.hidden = this.left < 1;
    this.solutionButton.hidden = Boolean(this.solution) || !this.max || !(this.tried || this.left < 1);
    const hints = this.hints.map((text, i) => h("div", { class: "hk-hint" },
      h("p", { class: "hk-block-title" }, words.hintTitle(i + 1)), paragraphs(text)));
    this.element.replaceChildren(...hints, ...this.worked());
  }

  worked() {
    if (!this.solution) return [];
    return [h("div", { class: "hk-hint hk-solution" },
      h("p", { class: "hk-block-title" }, words.solutionTitle), paragraphs(this.solution.solution),
      this.solution.why ? [h("p", { class: "hk-block-title" }, words.why), paragraphs(this.solution.why)] : "")];
  }

  checked() {
    this.tried = true;
    this.solutionButton.hidden = Boolean(this.solution) || !this.max;
  }

  async moreHints() {
    const answer = await this.ask("hint", this.hintButton, { seen: this.hints.length }); // so that one that got lost comes again
    if (!answer) return;
    this.hints = answer.hints;
    this.left = answer.hints_left;
    this.draw();
  }

  question() {
    this.solutionButton.hidden = true;
    const close = () => {
      asked.remove();
      this.draw();
      this.solutionButton.focus();
    };
    const yes = button(words.solutionYes, async () => {
      const answer = await this.ask("solution", yes);
      if (!answer) return;
      this.solution = answer;
      this.draw();
    }, "hk-quiet");
    const asked = h("div", { class: "hk-hint", role: "group" },
      h("p", {}, words.solutionCost(this.earned(), this.max)),
      h("div", { class: "hk-row" }, button(words.solutionNo, close), yes));
    this.element.append(asked);
    asked.querySelector("button").focus();
  }
}
