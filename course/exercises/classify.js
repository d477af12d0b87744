// classify: pick a phrase, then the category for it; the categories open right under the phrase.
import { button, h } from "./dom.js";
import { widget } from "./kit.js";
import { itemMark } from "./result.js";
import { words } from "./wording.js";

function create({ exercise, answer, changed }) {
  const placed = { ...answer.items };
  const label = (id) => exercise.categories.find((category) => category.id === id)?.label || "";
  const hue = (id) => exercise.categories.findIndex((category) => category.id === id) % 6;
  const live = h("p", { class: "hk-live", role: "status" });
  const list = h("ul", { class: "hk-phrases" });
  let results = {};
  let open = exercise.items.find((item) => !placed[item.id])?.id ?? null;

  const place = (item, category) => {
    placed[item.id] = category.id;
    delete results[item.id];
    open = exercise.items.find((other) => !placed[other.id])?.id ?? null;
    draw();
    live.textContent = words.placed(item.text, category.label);
    (list.querySelector(".hk-into button") || list.querySelector(`[data-item="${item.id}"]`)).focus({ preventScroll: true });
    changed();
  };
  const row = (item) => {
    const here = open === item.id;
    const phrase = h("button", { type: "button", class: "hk-phrase", "aria-expanded": String(here), "data-item": item.id },
      h("span", {}, item.text),
      h("span", { class: placed[item.id] ? `hk-tag hk-hue-${hue(placed[item.id])}` : "hk-note" }, label(placed[item.id]) || words.notPlaced));
    phrase.addEventListener("click", () => {
      open = here ? null : item.id;
      draw();
      list.querySelector(`[data-item="${item.id}"]`).focus();
    });
    const into = here ? h("div", { class: "hk-into", role: "group", "aria-label": words.placeInto(item.text) },
      exercise.categories.map((category) => {
        const node = button(category.label, () => place(item, category), `hk-small hk-hue-${hue(category.id)}`);
        node.setAttribute("aria-pressed", String(placed[item.id] === category.id));
        return node;
      })) : "";
    return h("li", {}, phrase, into, itemMark(results[item.id]));
  };
  const draw = () => list.replaceChildren(...exercise.items.map(row));
  draw();
  const notes = exercise.categories.filter((category) => category.note)
    .map((category) => h("li", {}, h("strong", {}, category.label), `: ${category.note}`));
  return {
    element: h("div", {}, notes.length ? h("ul", { class: "hk-legend" }, notes) : "", h("p", { class: "hk-note" }, words.pickThenPlace), list, live),
    read: () => ({ items: { ...placed } }),
    missing() {
      const left = exercise.items.filter((item) => !placed[item.id]).length;
      return left ? words.placeRest(left) : "";
    },
    mark(result) {
      results = { ...result.items };
      open = exercise.items.find((item) => results[item.id]?.ok === false)?.id ?? null;
      draw();
    },
  };
}

export default widget(create);
