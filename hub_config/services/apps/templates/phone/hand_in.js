// The last card: where each exercise stands, and handing the lesson in. What was handed in without a line is kept in
// this browser with its key, under the learner's name, and sent when the line is back; campus takes a key once.
import { ActiveSeconds } from "./active.js";
import { button, h, uniqueKey } from "./dom.js";
import { sendAll } from "./drafts.js";
import { anotherTry } from "./another_try.js";
import { line } from "./line.js";
import { number, words } from "./wording.js";

const POLL = 2000;
const PATIENCE = 60000;
const PATIENT_TRIES = 12;

export class HandIn {
  // `cardOf(exercise)`: the number and element id of the card it stands in, null where it stands in none.
  constructor(transport, lesson, cardOf) {
    Object.assign(this, { transport, lesson, cardOf });
    this.overviewPlace = document.querySelector(".overview");
    this.status = h("div", { class: "outcome", role: "status" });
    this.button = button(words.submit, () => this.submit(), "hk-main");
    this.again = h("div", { class: "again" });
    document.querySelector(".hand-in").append(this.button, this.status, this.again);
    this.active = new ActiveSeconds(document.documentElement, ".hk");
    this.titles = new Map();
    this.waiting = ""; // the key of what was handed in and has not arrived, also without room in this browser
    line.listen((up) => up && this.goOn());
    this.started = this.goOn();
  }

  get name() {
    return `hocai.submit:${this.transport.user}:${this.lesson}`;
  }

  // Sends what an earlier visit, or this one, could not send.
  async goOn() {
    try {
      await sendAll(this.transport);
    } catch {
      return; // no session: the line or the cards say so
    }
    this.waiting ||= this.keptKey();
    if (this.waiting) this.submit();
  }

  keptKey() {
    try {
      return localStorage.getItem(this.name) || "";
    } catch {
      return ""; // storage is closed: nothing was kept here
    }
  }

  keepKey(key) {
    this.waiting = key;
    try {
      if (key) localStorage.setItem(this.name, key);
      else localStorage.removeItem(this.name);
    } catch {
      this.waiting = key; // no room: the key lives as long as the page
    }
  }

  async overview() {
    try {
      await sendAll(this.transport);
      const lesson = await this.transport.call("GET", `lessons/${this.lesson}`);
      this.titles = new Map(lesson.exercises.map((exercise) => [`${lesson.lesson}/${exercise.id}`, exercise.title]));
      const { sitting } = lesson.try;
      const rows = lesson.exercises.flatMap((one) => this.row(one, sitting));
      this.overviewPlace.replaceChildren(h("ul", { class: "overview-list" }, rows));
      if (lesson.submission && !sitting) this.button.textContent = words.submitAgain;
      this.button.hidden = sitting === "not_begun" || sitting === "handed_in";
      this.again.replaceChildren(anotherTry(this.transport, lesson));
    } catch (error) {
      this.overviewPlace.replaceChildren(trouble(error.message, () => this.overview()));
    }
  }

  // One line for each exercise that stands in this page; code exercises are shown as their stand-in.
  row(exercise, sitting) {
    const card = this.cardOf(exercise.id);
    if (!card) return [];
    const earned = sitting ? "" : `${number(exercise.earned)}/`; // nothing is checked in a sitting
    const points = exercise.points ? ` · ${earned}${words.points(exercise.points)}` : "";
    const link = h("a", { href: `#${card}` }, h("span", {}, exercise.title),
      h("span", { class: `state state-${exercise.state}` }, `${words.states[exercise.state]}${points}`));
    return [h("li", {}, link)];
  }

  async submit() {
    if (this.button.disabled) return;
    this.button.disabled = true;
    this.status.replaceChildren(words.submitting);
    const seconds = this.active.take();
    try {
      await this.transport.session(); // says who hands in
      this.keepKey(this.waiting || this.keptKey() || uniqueKey());
      if (await this.allSent()) {
        const headers = { "Idempotency-Key": this.waiting };
        const submission = await this.transport.call("POST", `lessons/${this.lesson}/submit`, { active_s: seconds }, headers);
        this.keepKey("");
        this.status.replaceChildren(words.submitted);
        await this.graded(submission);
        await this.overview();
      } else {
        this.active.giveBack(seconds);
      }
    } catch (error) {
      this.active.giveBack(seconds);
      if (line.up) this.keepKey("");
      const text = line.up || !this.waiting ? error.message : words.submitLater;
      this.status.replaceChildren(trouble(text, () => this.submit()));
    }
    this.button.disabled = false;
  }

  // Whether campus has every answer of this lesson; else the learner is told which it has not. Throws without a line.
  async allSent() {
    let left = [];
    for (let tries = 0; tries < PATIENT_TRIES; tries += 1) {
      left = (await sendAll(this.transport)).filter(({ exercise }) => exercise.startsWith(`${this.lesson}/`));
      if (!line.up) throw new Error(words.submitLater);
      if (left.every(({ newer }) => newer)) break; // the others: their card is still being opened
      await new Promise((done) => setTimeout(done, POLL / 4));
    }
    if (!left.length) return true;
    this.keepKey("");
    const titles = left.map(({ exercise }) => this.titles.get(exercise) || exercise).join(", ");
    const text = left.some(({ newer }) => newer) ? words.chooseVersion(titles) : words.notSentYet(titles);
    this.status.replaceChildren(trouble(text, () => this.submit()));
    return false;
  }

  async graded(submission) {
    const until = Date.now() + PATIENCE;
    let found = submission;
    while (["queued", "grading"].includes(found.state) && Date.now() < until) {
      await new Promise((done) => setTimeout(done, POLL));
      found = await this.transport.call("GET", `submissions/${found.id}`);
    }
    const link = found.result_url ? h("a", { class: "hk-button hk-main", href: found.result_url }, words.seeResult) : "";
    const text = { graded: words.graded(found), failed: words.gradingFailed }[found.state] || words.stillGrading;
    this.status.replaceChildren(h("p", { class: "hk-headline hk-good" }, text), found.state === "graded" ? link : "");
  }
}

function trouble(text, again) {
  return h("div", { class: "hk-trouble", role: "alert" }, h("p", {}, text), button(words.retry, again));
}
