// Hearing and speaking, where the browser can: both stay away where it cannot.
import { button, h } from "./dom.js";
import { words } from "./wording.js";

const vietnamese = () => globalThis.speechSynthesis?.getVoices().find((voice) => /^vi\b/i.test(voice.lang));

// A button that reads `text()` aloud; hidden while there is no Vietnamese voice.
export function listenButton(text) {
  const node = button(words.listen, () => {
    const speech = globalThis.speechSynthesis;
    if (node.getAttribute("aria-pressed") === "true") {
      speech.cancel();
      return;
    }
    speech.cancel();
    const saying = new SpeechSynthesisUtterance(text());
    saying.voice = vietnamese();
    saying.lang = "vi-VN";
    saying.onend = saying.onerror = () => pressed(false);
    pressed(true);
    speech.speak(saying);
  }, "hk-small hk-listen");
  const pressed = (on) => {
    node.setAttribute("aria-pressed", String(on));
    node.textContent = on ? words.stopListening : words.listen;
  };
  const show = () => { node.hidden = !vietnamese(); };
  pressed(false);
  show();
  globalThis.speechSynthesis?.addEventListener?.("voiceschanged", show);
  return node;
}

// Dictation into a box, or the line that points to the keyboard's microphone.
export function dictation(box, changed) {
  const Recognition = globalThis.SpeechRecognition || globalThis.webkitSpeechRecognition;
  if (!Recognition) return h("p", { class: "hk-note" }, words.noDictation);
  const note = h("span", { class: "hk-note", role: "status" });
  let listening = null;
  const node = button(words.dictate, () => {
    if (listening) {
      listening.stop();
      return;
    }
    const before = box.value ? `${box.value.trimEnd()} ` : "";
    listening = new Recognition();
    listening.lang = "vi-VN";
    listening.interimResults = true;
    listening.continuous = true;
    listening.onresult = (event) => {
      box.value = before + [...event.results].map((result) => result[0].transcript).join("");
      changed();
    };
    listening.onerror = () => { note.textContent = words.dictationFailed; };
    listening.onend = () => {
      listening = null;
      node.textContent = words.dictate;
    };
    note.textContent = "";
    node.textContent = words.stopDictating;
    listening.start();
  }, "hk-small");
  return h("div", { class: "hk-row" }, node, note);
}
