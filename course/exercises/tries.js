// What changed between one prompt and the next, word by word, and the list of tries.
import { h } from "./dom.js";
import { words } from "./wording.js";

const LONGEST = 600; // words compared; beyond it the new prompt is shown as it is

export function wordChanges(before, after) {
  const a = before.split(/\s+/).filter(Boolean);
  const b = after.split(/\s+/).filter(Boolean);
  const bare = (word) => word.replace(/[,.;:!?]+$/, ""); // a comma more or less is no change
  const same = (i, j) => bare(a[i]) === bare(b[j]);
  if (a.length > LONGEST || b.length > LONGEST) return [["same", after]];
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      common[i][j] = same(i, j) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const out = [];
  const push = (how, word) => {
    if (out.at(-1)?.[0] === how) out.at(-1)[1] += ` ${word}`;
    else out.push([how, word]);
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && same(i, j)) {
      push("same", b[j]);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) {
      push("gone", a[i]);
      i += 1;
    } else {
      push("new", b[j]);
      j += 1;
    }
  }
  return out;
}

// Why a prompt did better than the one before, as the practice AI tells it.
export function betterView(better) {
  if (!better?.length) return [];
  return [h("p", { class: "hk-block-title" }, words.better), h("ul", { class: "hk-better" }, better.map((reason) => h("li", {}, reason)))];
}

// `tries`: [{prompt, reply, label, cached, better}], oldest first; shown newest first, folded.
export function triesView(tries) {
  const rows = tries.map((one, n) => h("li", { class: "hk-try" },
    h("p", { class: "hk-block-title" }, words.tryNumber(n + 1)),
    prompt(one, tries[n - 1]), betterView(one.better),
    h("details", {}, h("summary", {}, words.replyOf(one.label, one.cached)), h("p", { class: "hk-said" }, one.reply))));
  return h("details", { class: "hk-tries" }, h("summary", {}, words.tries(tries.length)), h("ol", { reversed: true }, rows.reverse()));
}

function prompt(one, earlier) {
  if (!earlier) return [h("p", { class: "hk-note" }, words.tryFirst), h("p", {}, one.prompt)];
  if (earlier.prompt.trim() === one.prompt.trim()) return [h("p", { class: "hk-note" }, words.trySame)];
  const tags = { same: "span", new: "ins", gone: "del" };
  const parts = wordChanges(earlier.prompt, one.prompt).flatMap(([how, text]) => [h(tags[how], {}, text), " "]);
  return [h("p", { class: "hk-note" }, words.tryChanged), h("p", {}, parts)];
}
