// code: the task and its material; the answer is the notebook's own cell below, so nothing is checked here.
import { h } from "./dom.js";
import { widget } from "./kit.js";
import { words } from "./wording.js";

function create() {
  return {
    element: h("p", { class: "hk-note" }, words.codeBelow),
    read: () => ({}),
    missing: () => "",
    mark() {},
  };
}

export default widget(create, { unchecked: true });
