// Watches the build: loads the lesson anew when it was built, tells what is wrong when it was not.
const page = document.querySelector("#page");
const problem = document.querySelector("#problem");
const status = document.querySelector("#status");
const person = document.querySelector("#person");
const EVERY_MS = 300;
let version = null;

function show(state) {
  if (state.shape !== document.body.dataset.shape) return again();
  const broken = state.problem.length > 0;
  problem.hidden = !broken;
  if (page) page.hidden = broken;
  const told = state.problem.join("\n");
  if (broken && problem.dataset.told !== told) {
    problem.dataset.told = told;
    document.querySelector("#lines").replaceChildren(...state.problem.map((line) => {
      const row = document.createElement("li");
      row.textContent = line;
      return row;
    }));
  }
  if (version !== null && version !== state.version) page?.contentWindow.location.reload(); // the step stays: it is in the address
  version = state.version;
  say(state.busy ? "Đang dựng lại…" : broken ? `Chưa dựng được, lúc ${state.at}` : `Mới nhất lúc ${state.at}`);
}

// The bar is out of date: the whole page anew, at the step that was shown.
function again() {
  history.replaceState(null, "", page?.contentWindow.location.hash || location.pathname);
  location.reload();
}

function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

async function look() {
  try {
    const reply = await fetch("/preview/state");
    if (reply.status === 403) return say("Lần xem thử này đã hết. Mở bằng địa chỉ mới mà lệnh hocai preview in ra.");
    show(await reply.json());
  } catch {
    say("Lệnh hocai preview đã dừng. Chạy lại lệnh rồi mở địa chỉ mới.");
  }
  setTimeout(look, EVERY_MS);
}

async function tell(path, sent) {
  await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) });
}

person?.addEventListener("change", async () => {
  await tell("/preview/person", { name: person.value });
  page.contentWindow.location.reload();
});
document.querySelector("#anew")?.addEventListener("click", async () => {
  await tell("/preview/anew", {});
  location.reload();
});
document.querySelector("#width")?.addEventListener("click", (event) => {
  const wide = document.documentElement.classList.toggle("wide");
  event.target.setAttribute("aria-pressed", String(wide));
});
if (page && location.hash) page.src += location.hash;
look();
