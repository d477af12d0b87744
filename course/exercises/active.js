// How long a learner was at work in a place of the page.
const IDLE = 60000;

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
