// Keeping an answer: at once in this browser, a moment later at campus. The copy here goes when campus has it.
// A draft goes on from the one saved at `base`, and says which page wrote it: so campus can tell an answer that was sent
// twice from one that would put an older page's words over newer ones, and refuses the latter.
import { drop, keep, kept, keptExercises } from "./kept.js";
import { line } from "./line.js";
import { uniqueKey } from "./dom.js";

const WAIT = 1200;
const NEWER = "newer_draft";
const PAST = ["sitting_over", "new_try"]; // what was written belongs to a try that takes no answers any more
const thisPage = uniqueKey();
const open = new Set();

// Sends what is not yet at campus, also what an earlier page left here. What is still only here afterwards:
// [{exercise, newer}], `newer` where campus has a newer answer and the learner is to choose.
export async function sendAll(transport) {
  await transport.session(); // says whose answers
  await Promise.all([...open].map((drafts) => drafts.flush()));
  const shown = new Map([...open].map((drafts) => [drafts.exercise, drafts]));
  return Promise.all(keptExercises(transport.user).map(async (exercise) => {
    const newer = shown.has(exercise) ? Boolean(shown.get(exercise).newer) : await sendKept(transport, exercise);
    return { exercise, newer };
  })).then((all) => all.filter(({ exercise }) => kept(transport.user, exercise)));
}

// Whether campus refused it for a newer one.
async function sendKept(transport, exercise) {
  const record = kept(transport.user, exercise);
  try {
    await transport.call("PUT", `exercises/${exercise}/draft`, { ...record, active_s: 0 });
    drop(transport.user, exercise, record.writer);
    return false;
  } catch (error) {
    if (PAST.includes(error.code)) drop(transport.user, exercise, record.writer);
    return error.code === NEWER; // it stays here: asked about when its card is opened, or sent when the line is back
  }
}

export class Drafts {
  // `say(how, error)`: "saving", "saved", "here" (in this browser only: ApiError), "newer" (campus has a newer one: ApiError),
  // "past" (it belongs to a try that is over: ApiError).
  constructor(transport, exercise, active, say) {
    Object.assign(this, { transport, exercise, active, say });
    this.path = `exercises/${exercise}/draft`;
    this.unsaved = null;
    this.base = null;
    this.writer = thisPage;
    this.newer = null; // saved_at of a draft at campus that this page has not seen
    this.timer = 0;
    this.sending = null;
    this.onHide = () => this.leave();
    addEventListener("pagehide", this.onHide);
    this.deaf = line.listen((up) => up && this.flush());
    open.add(this);
  }

  // Goes on from campus's State; the answer that this browser kept and campus has not, or null.
  begin(state) {
    Object.assign(this, { base: state.saved_at, writer: thisPage });
    const own = kept(this.transport.user, this.exercise);
    if (!own) return null;
    Object.assign(this, { base: own.base, writer: own.writer });
    if (JSON.stringify(own.answer) !== JSON.stringify(state.answer)) {
      this.unsaved = own.answer;
      return own.answer;
    }
    this.confirmed();
    Object.assign(this, { base: state.saved_at, writer: thisPage });
    return null;
  }

  // What goes with an answer to campus.
  origin() {
    return { base: this.base, writer: this.writer };
  }

  keep(answer) {
    this.unsaved = answer;
    const roomy = keep(this.transport.user, this.exercise, { answer, ...this.origin() });
    if (!roomy) this.transport.last(this.path, { answer, active_s: 0, ...this.origin() }); // campus is told at once
    if (this.newer) return;
    this.say("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), WAIT);
  }

  async flush() {
    clearTimeout(this.timer);
    if (this.sending) await this.sending;
    if (this.unsaved === null || this.newer) return;
    this.sending = this.send(this.unsaved).finally(() => { this.sending = null; });
    await this.sending;
  }

  async send(answer) {
    const seconds = this.active.take();
    try {
      const { saved_at: savedAt } = await this.transport.call("PUT", this.path, { answer, active_s: seconds, ...this.origin() });
      this.base = savedAt;
      if (this.unsaved === answer) {
        this.confirmed();
        this.writer = thisPage; // from here on it is not the earlier page's draft any more
      }
      this.say("saved");
    } catch (error) {
      this.active.giveBack(seconds);
      if (!this.refused(error)) this.say("here", error); // it goes with the next change or when the line is back
    }
  }

  // Whether campus refused because it has a newer draft, and the learner is asked which one stays, or for good.
  refused(error) {
    if (PAST.includes(error.code)) {
      this.confirmed();
      this.say("past", error);
      return true;
    }
    if (error.code !== NEWER) return false;
    this.newer = error.detail.saved_at;
    this.say("newer", error);
    return true;
  }

  // The learner wants what stands here.
  insist(answer) {
    this.base = this.newer;
    this.newer = null;
    this.keep(answer);
    return this.flush();
  }

  confirmed() {
    this.unsaved = null;
    clearTimeout(this.timer);
    drop(this.transport.user, this.exercise, this.writer);
  }

  leave() {
    if (this.unsaved === null || this.newer) return;
    this.transport.last(this.path, { answer: this.unsaved, active_s: this.active.take(), ...this.origin() });
  }

  close() {
    this.leave();
    this.deaf();
    open.delete(this);
    clearTimeout(this.timer);
    removeEventListener("pagehide", this.onHide);
  }
}
