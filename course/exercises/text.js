// text: free text, typed or spoken.
import { h, textBox } from "./dom.js";
import { widget } from "./kit.js";
import { dictation } from "./speech.js";
import { words } from "./wording.js";

function create({ answer, changed }) {
  const field = textBox({ label: words.yourText, value: answer.text || "", rows: 5, oninput: changed });
  return {
    element: h("div", {}, field.element, dictation(field.box, changed)),
    read: () => ({ text: field.box.value.normalize("NFC") }),
    missing: () => (field.box.value.trim() ? "" : words.writeFirst),
    mark() {},
  };
}

export default widget(create);
