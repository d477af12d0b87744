// Whether campus can be reached. When it was lost it is asked for again and again, at once when the phone says that it
// is on line or wakes up.
const FIRST = 2000;
const LONGEST = 30000;
const PLACES = ["/services/campus/health", "/services/apps/health"];

class Line {
  constructor() {
    this.up = true;
    this.wait = FIRST;
    this.timer = 0;
    this.heard = new Set();
    addEventListener("offline", () => this.lost());
    addEventListener("online", () => this.ask());
    document.addEventListener("visibilitychange", () => this.ask());
  }

  // `callback(up)` at each change; returns what ends it.
  listen(callback) {
    this.heard.add(callback);
    return () => this.heard.delete(callback);
  }

  lost() {
    if (!this.up) return;
    this.up = false;
    this.later();
    this.tell();
  }

  reached() {
    this.wait = FIRST;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), this.wait);
    this.wait = Math.min(this.wait * 1.5, LONGEST);
  }

  async ask() {
    if (this.up || document.visibilityState === "hidden") return;
    try {
      const replies = await Promise.all(PLACES.map((place) => fetch(place, { cache: "no-store" })));
      if (this.up) return;
      if (!replies.every((reply) => reply.ok)) throw new Error("not there yet");
    } catch {
      this.later();
      return;
    }
    clearTimeout(this.timer);
    this.up = true;
    this.tell();
  }

  tell() {
    for (const callback of [...this.heard]) callback(this.up);
  }
}

export const line = new Line();
