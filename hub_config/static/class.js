// The class page while the machine grades: the count and the bar move in place; at the end the page is loaded anew.
const card = document.querySelector("[data-progress]");
const bar = card.querySelector("progress");
const EVERY_MS = 2000;
const AFTER_A_FAULT_MS = 10000;

function show(name, number) {
  document.querySelector(`[data-${name}]`).textContent = number;
}

function finish() {
  history.replaceState(null, "", `?of=${bar.max}`); // the page then says how many were graded
  location.reload(); // keeps the scroll position
}

async function look() {
  const reply = await fetch(card.dataset.progress);
  if (reply.redirected) return location.reload(); // the session is over: sign in
  if (!reply.ok) throw new Error(`${reply.status}`);
  const { pending, graded } = await reply.json();
  if (pending === 0) return finish();
  bar.max = Math.max(bar.max, pending);
  bar.value = bar.max - pending;
  show("of", bar.max);
  show("done", bar.value);
  show("pending", pending);
  show("graded", graded);
  setTimeout(follow, EVERY_MS);
}

function follow() {
  look().catch(() => setTimeout(follow, AFTER_A_FAULT_MS));
}

setTimeout(follow, EVERY_MS);
