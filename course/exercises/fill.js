// fill: a form with labelled boxes.
import { h, textBox, uniqueId } from "./dom.js";
import { widget } from "./kit.js";
import { itemMark } from "./result.js";
import { dictation } from "./speech.js";
import { words } from "./wording.js";

function create({ exercise, answer, changed }) {
  const marks = {};
  const inputs = {};
  const fields = exercise.boxes.map((box) => {
    marks[box.id] = h("div", { class: "hk-mark-place" });
    const value = answer.boxes?.[box.id] || "";
    const oninput = () => {
      marks[box.id].replaceChildren();
      changed();
    };
    if (box.kind === "lines") {
      const area = textBox({ label: box.label, value, placeholder: box.placeholder, oninput });
      inputs[box.id] = area.box;
      return h("div", {}, area.element, dictation(area.box, oninput), marks[box.id]);
    }
    const id = uniqueId("hk-line");
    const mode = box.kind === "number" ? "decimal" : "text";
    inputs[box.id] = h("input", { id, type: "text", inputmode: mode, autocomplete: "off", class: "hk-input", value, placeholder: box.placeholder, oninput });
    return h("div", { class: "hk-field" }, h("label", { for: id }, box.label), inputs[box.id], marks[box.id]);
  });
  const filled = () => Object.fromEntries(exercise.boxes.map((box) => [box.id, inputs[box.id].value.normalize("NFC")]));
  return {
    element: h("div", { class: "hk-form" }, fields),
    read: () => ({ boxes: filled() }),
    missing: () => (Object.values(filled()).some((text) => text.trim()) ? "" : words.fillFirst),
    mark(result) {
      for (const box of exercise.boxes) marks[box.id].replaceChildren(itemMark(result.items?.[box.id]));
    },
  };
}

export default widget(create);
