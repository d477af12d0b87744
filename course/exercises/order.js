// order: steps moved up and down by buttons, so that touch and keyboard do the same.
import { button, h } from "./dom.js";
import { widget } from "./kit.js";
import { itemMark } from "./result.js";
import { words } from "./wording.js";

function create({ exercise, answer, changed }) {
  const byId = new Map(exercise.items.map((item) => [item.id, item]));
  const known = (answer.order || []).filter((id) => byId.has(id));
  const order = [...known, ...exercise.items.map((item) => item.id).filter((id) => !known.includes(id))];
  const live = h("p", { class: "hk-live", role: "status" });
  const list = h("ol", { class: "hk-order" });
  let results = {};

  const move = (id, by) => {
    const from = order.indexOf(id);
    const to = from + by;
    if (to < 0 || to >= order.length) return;
    order.splice(to, 0, order.splice(from, 1)[0]);
    results = {};
    draw();
    const row = list.children[to];
    const wanted = row.querySelectorAll("button")[by < 0 ? 0 : 1];
    (wanted.disabled ? row.querySelector("button:not([disabled])") : wanted).focus();
    live.textContent = words.movedTo(byId.get(id).text, to + 1, order.length);
    changed();
  };
  const arrow = (id, by, label, describe) => {
    const node = button(label, () => move(id, by), "hk-small");
    node.setAttribute("aria-label", describe(byId.get(id).text));
    node.disabled = order.indexOf(id) === (by < 0 ? 0 : order.length - 1);
    return node;
  };
  const draw = () => list.replaceChildren(...order.map((id) => h("li", {},
    h("div", { class: "hk-step" }, h("span", {}, byId.get(id).text),
      h("span", { class: "hk-arrows" }, arrow(id, -1, words.up, words.moveUp), arrow(id, 1, words.down, words.moveDown))),
    itemMark(results[id]))));
  draw();
  return {
    element: h("div", {}, list, live),
    read: () => ({ order: [...order] }),
    missing: () => "",
    mark(result) {
      results = result.items || {};
      draw();
    },
  };
}

export default widget(create);
