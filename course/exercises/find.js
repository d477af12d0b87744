// find: a text whose sentences are touched; the order of the text stays.
import { h } from "./dom.js";
import { widget } from "./kit.js";
import { itemMark } from "./result.js";
import { words } from "./wording.js";

function create({ exercise, answer, changed }) {
  const touched = new Set(answer.touched || []);
  const marks = {};
  const rows = exercise.items.map((item) => {
    marks[item.id] = h("div", { class: "hk-mark-place" });
    const node = h("button", { type: "button", class: "hk-sentence", "aria-pressed": String(touched.has(item.id)) }, item.text);
    node.addEventListener("click", () => {
      if (!touched.delete(item.id)) touched.add(item.id);
      node.setAttribute("aria-pressed", String(touched.has(item.id)));
      marks[item.id].replaceChildren();
      changed();
    });
    return h("li", {}, node, marks[item.id]);
  });
  return {
    element: h("div", {}, h("p", { class: "hk-note" }, words.touchHelp), h("ul", { class: "hk-sentences" }, rows)),
    read: () => ({ touched: exercise.items.map((item) => item.id).filter((id) => touched.has(id)) }),
    missing: () => (touched.size ? "" : words.touchSome),
    mark(result) {
      for (const item of exercise.items) marks[item.id].replaceChildren(itemMark(result.items?.[item.id]));
    },
  };
}

export default widget(create);
