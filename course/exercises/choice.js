// choice and predict: questions with options, one of them right.
import { h, uniqueId } from "./dom.js";
import { widget } from "./kit.js";
import { itemMark } from "./result.js";
import { words } from "./wording.js";

function create({ exercise, answer, changed }) {
  const chosen = { ...answer.items };
  const marks = {};
  const questions = exercise.items.map((item) => {
    const name = uniqueId("hk-choice");
    marks[item.id] = h("div", { class: "hk-mark-place" });
    const options = item.options.map((option) => {
      const radio = h("input", { type: "radio", name, value: option.id, checked: chosen[item.id] === option.id });
      radio.addEventListener("change", () => {
        chosen[item.id] = option.id;
        marks[item.id].replaceChildren();
        changed();
      });
      return h("label", { class: "hk-option" }, radio, h("span", {}, option.text));
    });
    const alone = exercise.items.length === 1 && item.text === exercise.ask;
    return h("fieldset", { class: "hk-question" }, h("legend", { class: alone ? "hk-hidden" : "" }, item.text), options, marks[item.id]);
  });
  return {
    element: h("div", {}, questions),
    read: () => ({ items: { ...chosen } }),
    missing() {
      const left = exercise.items.filter((item) => !chosen[item.id]).length;
      if (!left) return "";
      return exercise.items.length === 1 ? words.chooseFirst : words.chooseRest(left);
    },
    mark(result) {
      for (const item of exercise.items) marks[item.id].replaceChildren(itemMark(result.items?.[item.id]));
    },
  };
}

export default widget(create);
