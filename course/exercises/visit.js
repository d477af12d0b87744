// A list of this visit, kept through a reload in this tab only: the last few of what was said to an AI.
export class VisitList {
  constructor(key, most) {
    Object.assign(this, { key, most });
    try {
      this.list = JSON.parse(sessionStorage.getItem(key)) || [];
    } catch {
      this.list = []; // storage is closed: the visit starts with none
    }
  }

  add(...more) {
    this.list = [...this.list, ...more].slice(-this.most);
    try {
      sessionStorage.setItem(this.key, JSON.stringify(this.list));
    } catch {
      this.key = ""; // no room: the list lives as long as the page
    }
  }
}
