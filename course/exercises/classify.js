// classify: pick a phrase, then the category for it; the categories open right under the phrase. Where a category must
// be proved, the passages of the material open under it and are touched.
import { button, h } from "./dom.js";
import { widget } from "./kit.js";
import { passage } from "./material.js";
import { itemMark } from "./result.js";
import { words } from "./wording.js";

function create({ exercise, answer, changed }) {
  const placed = { ...answer.items };
  const passages = (exercise.material || []).flatMap((block) => block.passages || []);
  const pointed = Object.fromEntries(Object.entries(answer.evidence || {}).map(([id, ids]) => [id, new Set(ids)]));
  const category = (id) => exercise.categories.find((one) => one.id === id);
  const label = (id) => category(id)?.label || "";
  const hue = (id) => exercise.categories.findIndex((one) => one.id === id) % 6;
  const asksProof = exercise.categories.some((one) => one.evidence);
  const proof = (item) => passages.map(({ id }) => id).filter((id) => pointed[item.id]?.has(id));
  const unproved = (item) => Boolean(category(placed[item.id])?.evidence) && !proof(item).length;
  const nextOpen = () => exercise.items.find((item) => !placed[item.id] || unproved(item))?.id ?? null;
  const live = h("p", { class: "hk-live", role: "status" });
  const list = h("ul", { class: "hk-phrases" });
  let results = {};
  let open = nextOpen();

  const focus = (selector, item) => {
    const node = list.querySelector(selector) || list.querySelector(`[data-item="${item.id}"]`);
    node.focus({ preventScroll: true });
    return node;
  };
  const goOn = (item) => {
    open = nextOpen();
    draw();
    focus(".hk-into button", item);
  };
  const place = (item, into) => {
    placed[item.id] = into.id;
    delete results[item.id];
    if (into.evidence) {
      draw();
      live.textContent = words.nowProve(into.label);
      focus(".hk-proofs button", item).scrollIntoView({ block: "nearest" });
    } else {
      delete pointed[item.id];
      goOn(item);
      live.textContent = words.placed(item.text, into.label);
    }
    changed();
  };
  const point = (item, id) => {
    pointed[item.id] ||= new Set();
    if (!pointed[item.id].delete(id)) pointed[item.id].add(id);
    delete results[item.id];
    draw();
    live.textContent = words.proved(proof(item));
    focus(`[data-passage="${id}"]`, item);
    changed();
  };
  const proofs = (item) => h("div", { class: "hk-proofs", role: "group", "aria-label": words.proveWith(item.text) },
    h("p", { class: "hk-note" }, words.whichProves),
    passages.map((one) => h("button", {
      type: "button", class: "hk-sentence", "data-passage": one.id, "aria-pressed": String(Boolean(pointed[item.id]?.has(one.id))),
      onclick: () => point(item, one.id),
    }, h("span", {}, passage(one)))),
    unproved(item) ? "" : button(words.nextPhrase, () => goOn(item), "hk-main"));
  const choices = (item) => h("div", { class: "hk-into", role: "group", "aria-label": words.placeInto(item.text) },
    exercise.categories.map((one) => {
      const node = button(one.label, () => place(item, one), `hk-small hk-hue-${hue(one.id)}`);
      node.setAttribute("aria-pressed", String(placed[item.id] === one.id));
      return node;
    }),
    category(placed[item.id])?.evidence ? proofs(item) : "");
  const row = (item) => {
    const here = open === item.id;
    const tags = [label(placed[item.id]), ...proof(item)].filter(Boolean).join(" · ");
    const phrase = h("button", { type: "button", class: "hk-phrase", "aria-expanded": String(here), "data-item": item.id },
      h("span", {}, item.text),
      h("span", { class: placed[item.id] ? `hk-tag hk-hue-${hue(placed[item.id])}` : "hk-note" }, tags || words.notPlaced));
    phrase.addEventListener("click", () => {
      open = here ? null : item.id;
      draw();
      list.querySelector(`[data-item="${item.id}"]`).focus();
    });
    return h("li", {}, phrase, itemMark(results[item.id]), here ? choices(item) : "");
  };
  const draw = () => list.replaceChildren(...exercise.items.map(row));
  draw();
  const notes = exercise.categories.filter((one) => one.note).map((one) => h("li", {}, h("strong", {}, one.label), `: ${one.note}`));
  return {
    element: h("div", {}, notes.length ? h("ul", { class: "hk-legend" }, notes) : "",
      h("p", { class: "hk-note" }, asksProof ? words.pickPlaceProve : words.pickThenPlace), list, live),
    read() {
      if (!asksProof) return { items: { ...placed } };
      const shown = exercise.items.map((item) => [item.id, proof(item)]).filter(([, ids]) => ids.length);
      return { items: { ...placed }, evidence: Object.fromEntries(shown) };
    },
    missing() {
      const left = exercise.items.filter((item) => !placed[item.id]).length;
      if (left) return words.placeRest(left);
      const bare = exercise.items.filter(unproved).length;
      return bare ? words.proveRest(bare) : "";
    },
    mark(result) {
      results = { ...result.items };
      open = exercise.items.find((item) => results[item.id]?.ok === false)?.id ?? null;
      draw();
    },
  };
}

export default widget(create);
