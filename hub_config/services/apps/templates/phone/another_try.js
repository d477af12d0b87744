// Another variant of the lesson: other names and figures, for the learner's own work, with everything to do anew.
import { button, h } from "./dom.js";
import { words } from "./wording.js";

// What stands under the hand-in; `lesson` is campus's answer of the same name.
export function anotherTry(transport, { lesson, try: here }) {
  if (here.sitting === "not_begun" || here.sitting === "running") return "";
  if (here.tomorrow) return h("p", { class: "hk-note" }, words.anotherTomorrow);
  const role = h("select", {}, here.roles.map(({ id, name }) => h("option", { value: id, selected: id === here.role }, name)));
  const said = h("p", { class: "hk-trouble", role: "alert", hidden: true });
  const go = button(words.anotherYes, async () => {
    go.disabled = true;
    try {
      await transport.call("POST", `lessons/${lesson}/try`, { role: role.value });
      location.hash = "";
      location.reload();
    } catch (error) {
      said.textContent = error.message;
      said.hidden = false;
      go.disabled = false;
    }
  }, "hk-quiet");
  const label = h("label", {}, `${words.anotherFor} `, role);
  return h("details", { class: "another-try" }, h("summary", {}, words.another), h("p", {}, words.anotherNote), label, go, said);
}
