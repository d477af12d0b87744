// Building and speaking to the page: text always goes in as text, never as markup.
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked" || key === "disabled" || key === "hidden") node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function button(text, onclick, kind = "") {
  return h("button", { type: "button", class: `hk-button ${kind}`.trim(), onclick }, text);
}

export function paragraphs(text) {
  return String(text || "").split(/\n{2,}/).filter((part) => part.trim()).map((part) => {
    const lines = part.trim().split("\n");
    return h("p", {}, lines.flatMap((line, i) => (i ? [h("br"), line] : [line])));
  });
}

let count = 0;
export function uniqueId(prefix) {
  count += 1;
  return `${prefix}-${count}-${Math.random().toString(36).slice(2, 7)}`;
}

// 32 hexadecimal digits that nobody else has.
export function uniqueKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function syllables(text) {
  return (text.normalize("NFC").match(/[\p{L}\p{N}]+/gu) || []).length;
}

// A text box that grows with its text and has a label of its own.
export function textBox({ label, value = "", rows = 3, placeholder = "", oninput, hint }) {
  const id = uniqueId("hk-box");
  const grow = (box) => {
    box.style.height = "auto";
    if (box.scrollHeight) box.style.height = `${box.scrollHeight + 2}px`;
  };
  const box = h("textarea", {
    id, rows, placeholder, value, class: "hk-input", spellcheck: "false",
    oninput: () => { grow(box); oninput(); },
  });
  requestAnimationFrame(() => grow(box));
  const set = (text) => { box.value = text; grow(box); };
  return { box, set, element: h("div", { class: "hk-field" }, h("label", { for: id }, label), hint || "", box) };
}

export const calmMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Types a stored text out in under two seconds; all at once for those who want no motion.
export async function typeOut(node, text) {
  if (calmMotion()) {
    node.textContent = text;
    return;
  }
  const steps = 40;
  for (let i = 1; i <= steps; i += 1) {
    node.textContent = text.slice(0, Math.ceil((text.length * i) / steps));
    await new Promise((done) => setTimeout(done, 35));
  }
}

export async function copyText(box) {
  try {
    await navigator.clipboard.writeText(box.value);
    return true;
  } catch {
    box.focus();
    box.select();
    return document.execCommand?.("copy") ?? false;
  }
}
