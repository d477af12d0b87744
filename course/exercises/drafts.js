// Keeping an answer: at once in this browser, a moment later at campus. The copy here goes when campus has it.
const WAIT = 1200;
const IDLE = 60000;
const open = new Set();

// Sends what is not yet at campus, of every exercise of the page.
export function flushAll() {
  return Promise.all([...open].map((drafts) => drafts.flush()));
}

export class Drafts {
  constructor(transport, exercise, active, say) {
    this.transport = transport;
    this.path = `exercises/${exercise}/draft`;
    this.exercise = exercise;
    this.active = active;
    this.say = say; // "saving" | "saved" | "here"
    this.unsaved = null;
    this.base = null; // saved_at of the draft at campus that this one goes on from
    this.timer = 0;
    this.sending = null;
    this.onHide = () => this.leave();
    this.onOnline = () => this.flush();
    addEventListener("pagehide", this.onHide);
    addEventListener("online", this.onOnline);
    open.add(this);
  }

  get key() {
    return `hocai.draft:${this.transport.user}:${this.exercise}`;
  }

  // What this browser holds and campus has not confirmed: {answer, base, at} or null.
  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null; // storage is closed or holds no JSON: nothing is kept here
    }
  }

  keep(answer) {
    this.unsaved = answer;
    this.store(answer);
    this.say("saving");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), WAIT);
  }

  store(answer) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ answer, base: this.base, at: this.transport.now().toISOString() }));
    } catch {
      this.transport.last(this.path, { answer, active_s: 0 }); // no room here: campus is told at once
    }
  }

  async flush() {
    clearTimeout(this.timer);
    if (this.sending) await this.sending;
    if (this.unsaved === null) return;
    this.sending = this.send(this.unsaved).finally(() => { this.sending = null; });
    await this.sending;
  }

  async send(answer) {
    const seconds = this.active.take();
    try {
      const { saved_at: savedAt } = await this.transport.call("PUT", this.path, { answer, active_s: seconds });
      this.base = savedAt;
      if (this.unsaved === answer) this.confirmed();
      this.say("saved");
    } catch {
      this.active.giveBack(seconds);
      this.say("here"); // it stays in this browser and goes with the next change or when the network is back
    }
  }

  confirmed() {
    this.unsaved = null;
    clearTimeout(this.timer);
    try {
      localStorage.removeItem(this.key);
    } catch {
      this.unsaved = null; // storage is closed: there was no copy to remove
    }
  }

  leave() {
    if (this.unsaved !== null) this.transport.last(this.path, { answer: this.unsaved, active_s: this.active.take() });
  }

  close() {
    this.leave();
    open.delete(this);
    clearTimeout(this.timer);
    removeEventListener("pagehide", this.onHide);
    removeEventListener("online", this.onOnline);
  }
}

// Seconds in which the page was visible and the learner did something in `element` within the last minute.
// Only the place that was touched last counts; `outside` names what has a count of its own.
export class ActiveSeconds {
  static current = null;

  constructor(element, outside = "") {
    this.seconds = 0;
    this.last = 0;
    const touched = (event) => {
      if (outside && event.target.closest?.(outside)) return;
      this.last = Date.now();
      ActiveSeconds.current = this;
    };
    for (const event of ["pointerdown", "keydown", "input"]) element.addEventListener(event, touched, { passive: true });
    this.timer = setInterval(() => {
      const here = ActiveSeconds.current === this && document.visibilityState === "visible";
      if (here && Date.now() - this.last < IDLE) this.seconds += 1;
    }, 1000);
  }

  take() {
    const seconds = this.seconds;
    this.seconds = 0;
    return seconds;
  }

  giveBack(seconds) {
    this.seconds += seconds;
  }

  close() {
    clearInterval(this.timer);
  }
}
