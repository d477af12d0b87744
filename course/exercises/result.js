// What a check said: a headline, each criterion with its reason, and what is shown after the first check.
import { h, paragraphs, typeOut } from "./dom.js";
import { number, words } from "./wording.js";

export function resultView(result, { graded, fresh, title }) {
  const view = h("div", { class: "hk-result", tabindex: "-1" });
  view.append(headline(result, graded));
  if (result.waiting > 0) view.append(h("p", { class: "hk-note" }, words.waiting(result.waiting)));
  if (result.note) view.append(h("p", { class: "hk-note" }, result.note));
  view.append(...criteria(result.criteria || [], Object.keys(result.items || {}).length > 0));
  if (result.reveal) view.append(revealed(title, result.reveal, fresh));
  return view;
}

function headline({ points, max, waiting, items }, graded) {
  const answers = Object.values(items || {});
  const right = answers.length > 0 && answers.every((item) => item.ok);
  if (!graded || !max) {
    const one = answers.length === 1;
    const text = right ? (one ? words.guessRight : words.allRight) : (one ? words.guessWrong : words.notAllRight);
    return h("p", { class: `hk-headline ${right ? "hk-good" : "hk-soon"}` }, text);
  }
  if (points >= max) return h("p", { class: "hk-headline hk-good" }, words.all(max));
  if (points + waiting >= max) return h("p", { class: "hk-headline hk-good" }, words.enough(points, max));
  return h("p", { class: "hk-headline hk-soon" }, words.notEnough(points, max));
}

// `byItem`: the items have told right and wrong each for itself, so "chưa thấy" would be a word too many.
function criteria(list, byItem) {
  const told = list.filter((c) => standing(c) !== "yes" || c.message || c.evidence);
  const silent = list.length - told.length;
  const rows = told.map((criterion) => {
    const how = standing(criterion);
    const earned = criterion.points === null ? "" : ` ${number(criterion.points)}/${number(criterion.max)}`;
    return h("li", { class: `hk-criterion hk-${how}` },
      byItem && criterion.points !== null ? "" : [h("strong", {}, words[how]), h("span", { class: "hk-points" }, earned)],
      paragraphs(criterion.message),
      criterion.evidence ? h("blockquote", {}, h("span", { class: "hk-note" }, `${words.youWrote} `), criterion.evidence) : "");
  });
  return [
    silent && told.length ? h("p", { class: "hk-reached" }, words.reached(silent)) : "",
    rows.length ? h("ul", { class: "hk-criteria" }, rows) : "",
  ].filter(Boolean);
}

// yes, partly, notYet, pending (a judge or teacher is to look), failed (a fault of ours)
function standing({ points, max, status }) {
  if (status === "failed") return "failed";
  if (status === "waiting" || points === null) return "pending";
  if (points >= max) return "yes";
  return points > 0 ? "partly" : "notYet";
}

// `title`: who says it, the AI or the lesson itself.
function revealed(title, text, fresh) {
  const said = h("p", { class: "hk-said" });
  if (fresh) typeOut(said, text);
  else said.textContent = text;
  return h("div", { class: "hk-block hk-reply" }, h("p", { class: "hk-block-title" }, title), said);
}

// The line under one item: right or not yet, and why.
export function itemMark(item) {
  if (!item) return "";
  const verdict = item.ok ? words.right : words.wrong;
  const reason = (item.reason || "").replace(new RegExp(`^${verdict}\\s*[.:,]\\s*`), "");  // lesson texts often begin with it
  return h("p", { class: `hk-mark ${item.ok ? "hk-good" : "hk-soon"}` },
    h("strong", {}, `${verdict}. `), reason.charAt(0).toLocaleUpperCase("vi") + reason.slice(1));
}
