// teach_back: somebody asks, the learner explains, and the one question that comes back is answered too.
import { h, paragraphs, syllables, textBox } from "./dom.js";
import { widget } from "./kit.js";
import { dictation } from "./speech.js";
import { words } from "./wording.js";

const LONGEST = 80; // syllables, the limit a lesson sets for a teach-back

function bubble(title, text) {
  return h("div", { class: "hk-bubble" }, h("p", { class: "hk-block-title" }, title), paragraphs(text));
}

function create({ exercise, answer, state, changed }) {
  const who = exercise.listener || words.neighbour;
  let asked = answer.asked || "";
  const counter = h("p", { class: "hk-note" });
  const count = () => {
    const n = syllables(field.box.value);
    counter.textContent = n > LONGEST ? words.tooLong(LONGEST) : words.syllables(n, LONGEST);
  };
  const touched = () => {
    count();
    changed();
  };
  const field = textBox({ label: words.yourAnswer, value: answer.text || "", rows: 4, oninput: touched });
  const more = textBox({ label: words.yourFollowUp, value: answer.follow_up || "", rows: 3, oninput: changed });
  const back = h("div", { "aria-live": "polite" });
  count();

  const askBack = (followUp) => {
    if (followUp && (!asked || asked === followUp.idea)) {
      asked = followUp.idea;
      back.replaceChildren(bubble(words.asksBack(who), followUp.question), more.element, dictation(more.box, changed));
    } else if (asked && !back.childElementCount) {
      back.replaceChildren(more.element); // asked in an earlier visit; the question itself is not kept
    }
  };
  askBack(state.result?.follow_up);
  return {
    element: h("div", {}, bubble(who, exercise.ask), field.element, counter, dictation(field.box, touched), back),
    read: () => ({ text: field.box.value.normalize("NFC"), asked, follow_up: more.box.value.normalize("NFC") }),
    missing: () => (field.box.value.trim() ? "" : words.writeFirst),
    mark: (result) => askBack(result.follow_up),
  };
}

export default widget(create, { ownAsk: true });
