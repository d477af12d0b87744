// A level challenge is done in one sitting: begun by a button, with a clock, without checks and help.
import { button, h } from "./dom.js";
import { words } from "./wording.js";

const NOT_BEGUN = "sitting_not_begun";
const MINUTE = 60000;
export const BEGUN = "hk-begun"; // told to all exercises of the page when one of them has begun the sitting

// The button that begins it, where `error` says that it is still to be begun; "" for any other error.
export function beginButton(error, transport, lesson, failed) {
  if (error.code !== NOT_BEGUN) return "";
  const begin = button(words.beginSitting, async () => {
    begin.disabled = true;
    try {
      await transport.call("POST", `lessons/${lesson}/try`, {});
      document.dispatchEvent(new Event(BEGUN));
    } catch (trouble) {
      begin.disabled = false;
      failed(trouble);
    }
  }, "hk-main");
  return begin;
}

// The line that says how long the sitting still goes on; `ended()` is called when it stops while the page is open.
export class Clock {
  constructor({ state, ends_at: endsAt }, transport, ended) {
    Object.assign(this, { state, transport, ended, ends: Date.parse(endsAt) });
    this.element = h("p", { class: "hk-note hk-clock", role: "timer" });
    this.timer = state === "running" ? setInterval(() => this.tell(), MINUTE / 4) : 0;
    this.tell();
  }

  tell() {
    const left = Math.floor((this.ends - this.transport.now()) / MINUTE);
    const text = this.state === "running" ? words.sittingLeft(Math.max(left, 0)) : words.sittingStates[this.state];
    if (this.element.textContent !== text) this.element.textContent = text;
    if (this.state !== "running" || left >= 0) return;
    this.close();
    this.ended();
  }

  close() {
    clearInterval(this.timer);
  }
}
