// A decision matrix: seeds dealt out by touch, totals that follow, and a plot of what the first criterion decides.
import { button, h, uniqueId } from "./dom.js";
import { number, words } from "./wording.js";

const MARKS = ["●", "■", "▲", "◆"];
const [WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM] = [284, 220, 28, 12, 14, 42]; // a phone's width, so that text keeps its size

// The same arithmetic as course/weighing.py; what counts is decided there.
export function totals(scores, weights) {
  return scores[0].map((_, option) => scores.reduce((sum, row, i) => sum + weights[i] * row[option], 0));
}

export function varied(weights, shared, first) {
  const given = weights.slice(1);
  const rest = given.some(Boolean) ? given : given.map(() => 1);
  const all = rest.reduce((a, b) => a + b, 0);
  return [first, ...rest.map((weight) => ((shared - first) * weight) / all)];
}

const near = (a, b) => Math.abs(a - b) < 1e-9;

function leaders(sums) {
  const best = Math.max(...sums);
  return sums.flatMap((sum, i) => (near(sum, best) ? [i] : []));
}

// `boxes`: those of kind weight, none where the weights are given; `values`: what stands in them.
export class Matrix {
  constructor(block, { boxes = [], values = {}, changed = () => {}, chips = null } = {}) {
    const [head, ...rows] = block.rows;
    Object.assign(this, { boxes, changed, chips, shared: block.shared, options: head.slice(1) });
    this.criteria = rows.map((row) => row[0]);
    this.scores = rows.map((row) => row.slice(1).map(Number));
    this.weights = block.weights || boxes.map((box) => Math.min(block.shared, Math.max(0, Math.trunc(Number(values[box.id])) || 0)));
    this.told = h("p", { class: "hk-note", role: "status" });
    this.sums = h("ul", { class: "hk-sums" });
    this.plot = new Plot(this);
    this.taps = h("div");
    this.element = h("div", {}, this.legend(), h("ul", { class: "hk-weigh" }, this.rows()), this.told,
      this.sums, this.plot.element, this.taps);
    this.draw();
  }

  get read() {
    return Object.fromEntries(this.boxes.map((box, i) => [box.id, String(this.weights[i])]));
  }

  get dealt() {
    return this.weights.reduce((a, b) => a + b, 0);
  }

  legend() {
    return h("ul", { class: "hk-marks" }, this.options.map((name, i) => h("li", {}, mark(i), ` ${name}`)));
  }

  rows() {
    this.counts = [];
    return this.criteria.map((name, at) => {
      const count = h("output", { class: "hk-count" });
      this.counts.push(count);
      const step = (text, says, by) => {
        const one = button(text, () => this.deal(at, by), "hk-small");
        one.setAttribute("aria-label", says(name));
        return one;
      };
      const steps = this.boxes.length ? [step("−", words.oneLess, -1), count, step("+", words.oneMore, 1)] : [count];
      const scores = this.scores[at].map((score, i) => h("span", {}, mark(i), h("span", { class: "hk-hidden" }, `${this.options[i]} `), ` ${score}`));
      return h("li", { "data-weight": this.boxes[at]?.id }, h("div", { class: "hk-named" }, h("strong", {}, name), h("span", { class: "hk-scores" }, scores)),
        h("div", { class: "hk-steps" }, steps));
    });
  }

  deal(at, by) {
    const next = this.weights[at] + by;
    if (next < 0 || this.dealt + by > this.shared) {
      this.told.textContent = next < 0 ? words.noSeedThere(this.criteria[at]) : words.noSeedLeft;
      return;
    }
    this.weights[at] = next;
    this.plot.at = this.weights[0];
    this.draw();
    this.changed();
  }

  draw() {
    this.counts.forEach((count, i) => { count.textContent = words.seeds(this.weights[i]); });
    const left = this.shared - this.dealt;
    this.told.textContent = this.boxes.length ? (left ? words.seedsLeft(left, this.shared) : words.allDealt(this.shared)) : "";
    const sums = totals(this.scores, this.weights);
    const first = left ? [] : leaders(sums);
    const top = this.shared * Math.max(...this.scores.flat());
    this.sums.replaceChildren(...this.options.map((name, i) => h("li", {},
      h("span", {}, mark(i), ` ${name}: `, h("strong", {}, words.points(sums[i])), first.includes(i) ? ` · ${first.length > 1 ? words.level : words.leads}` : ""),
      bar(i, sums[i] / top))));
    this.taps.replaceChildren(...(this.chips && !left ? [this.chips(this.facts(sums))] : []));
    this.plot.element.hidden = Boolean(left);
    if (!left) this.plot.draw();
  }

  facts(sums) {
    return [...this.options.map((name, i) => `${name} ${words.points(sums[i])}`), ...this.criteria.map((name, i) => `${name} ${words.seeds(this.weights[i])}`)];
  }
}

// Totals against the seeds of the first criterion; a finger on the plot, the slider or arrow keys try another number.
class Plot {
  constructor(matrix) {
    this.matrix = matrix;
    [this.at] = matrix.weights;
    const id = uniqueId("hk-try");
    this.svg = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", class: "hk-plot" });
    this.svg.addEventListener("pointerdown", (event) => { this.svg.setPointerCapture(event.pointerId); this.point(event); });
    this.svg.addEventListener("pointermove", (event) => event.buttons && this.point(event));
    this.slider = h("input", { type: "range", id, min: 0, max: matrix.shared, step: 1, oninput: () => this.go(Number(this.slider.value)) });
    this.says = h("p", { class: "hk-says", role: "status" });
    this.list = h("ul");
    this.element = h("div", { class: "hk-try-out" }, h("p", { class: "hk-block-title" }, words.plotTitle(matrix.criteria[0])), this.svg,
      h("div", { class: "hk-field" }, h("label", { for: id }, words.tryWeight(matrix.criteria[0])), this.slider), this.says,
      h("details", {}, h("summary", {}, words.plotInWords), this.list));
  }

  sumsAt(first) {
    const { scores, weights, shared } = this.matrix;
    return totals(scores, varied(weights, shared, first));
  }

  point(event) {
    const box = this.svg.getBoundingClientRect();
    const share = ((event.clientX - box.left) / box.width * WIDE - LEFT) / (WIDE - LEFT - RIGHT);
    this.go(Math.round(Math.min(1, Math.max(0, share)) * this.matrix.shared));
  }

  go(at) {
    if (at === this.at) return;
    this.at = at;
    this.draw();
  }

  line(at) {
    const { options } = this.matrix;
    const sums = this.sumsAt(at);
    const first = leaders(sums);
    const shown = sums.map((sum, i) => `${options[i]} ${number(Math.round(sum * 10) / 10)}`).join(", ");
    return `${words.seeds(at)}: ${shown}. ${first.length > 1 ? words.levelAre(first.map((i) => options[i])) : words.leadsIs(options[first[0]])}`;
  }

  draw() {
    const { shared, options, weights } = this.matrix;
    const ends = [this.sumsAt(0), this.sumsAt(shared)];
    const low = Math.floor(Math.min(...ends.flat()) / 10) * 10;
    const high = Math.ceil(Math.max(...ends.flat()) / 10) * 10;
    const x = (at) => LEFT + (at / shared) * (WIDE - LEFT - RIGHT);
    const y = (sum) => HIGH - BOTTOM - ((sum - low) / (high - low || 1)) * (HIGH - BOTTOM - TOP);
    const here = this.sumsAt(this.at);
    this.svg.replaceChildren(
      ...[low, (low + high) / 2, high].flatMap((sum) => [line(LEFT, y(sum), WIDE - RIGHT, y(sum), "hk-grid"), text(LEFT - 5, y(sum) + 4, number(sum), "end")]),
      ...Array.from({ length: shared + 1 }, (_, at) => text(x(at), HIGH - 24, at, "middle")),
      text((LEFT + WIDE) / 2, HIGH - 6, words.plotAxis(this.matrix.criteria[0]), "middle"),
      line(x(weights[0]), TOP, x(weights[0]), HIGH - BOTTOM, "hk-now"),
      line(x(this.at), TOP, x(this.at), HIGH - BOTTOM, "hk-at"),
      ...options.flatMap((_, i) => [line(x(0), y(ends[0][i]), x(shared), y(ends[1][i]), `hk-line-${i}`), dot(i, x(this.at), y(here[i]))]),
    );
    this.slider.value = this.at;
    this.slider.setAttribute("aria-valuetext", words.seeds(this.at));
    this.says.textContent = words.trying(this.matrix.criteria[0], this.line(this.at));
    this.svg.setAttribute("aria-label", words.plotLabel(this.matrix.criteria[0], this.line(this.at)));
    this.list.replaceChildren(...Array.from({ length: shared + 1 }, (_, at) => h("li", {}, this.line(at))));
  }
}

function mark(option) {
  return h("span", { class: `hk-mark-of hk-ink-${option}`, "aria-hidden": "true" }, MARKS[option]);
}

function bar(option, share) {
  const inner = h("span", { class: `hk-fill-${option}` });
  inner.style.width = `${Math.round(share * 100)}%`;
  return h("span", { class: "hk-bar", "aria-hidden": "true" }, inner);
}

// An element of SVG; its namespace is asked of the browser, for no address is written in the kit.
function svg(tag, attributes, ...children) {
  const holder = document.createElement("template");
  holder.innerHTML = "<svg></svg>";
  const node = document.createElementNS(holder.content.firstChild.namespaceURI, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const line = (x1, y1, x2, y2, kind) => svg("line", { x1, y1, x2, y2, class: kind });
const text = (x, y, shown, anchor) => svg("text", { x, y, "text-anchor": anchor }, String(shown));
const dot = (option, x, y) => svg("text", { x, y: y + 5, "text-anchor": "middle", class: `hk-dot hk-ink-${option}` }, MARKS[option]);
