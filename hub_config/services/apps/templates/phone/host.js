// The small host that the kit's widgets stand in: what anywidget's model offers them, over the page's own session.
import { ownPage } from "./own_page.js";
import { GONE } from "./transport.js";
import { words } from "./wording.js";

let session = null;
let asking = null;

async function ask() {
  let answer;
  try {
    const response = await fetch(document.body.dataset.session, { headers: ownPage(), cache: "no-store" });
    const gone = GONE.includes(response.status);
    answer = await response.json().catch(() => ({}));
    if (!response.ok) {
      const unsaid = gone ? words.unreachable : words.refused;
      return { error: answer.error?.message || unsaid, status: gone ? 0 : response.status, code: gone ? "offline" : "refused" };
    }
  } catch {
    return { error: navigator.onLine === false ? words.offline : words.noSession, status: 0, code: "offline" };
  }
  session = answer;
  return answer;
}

function askSession(fresh) {
  if (fresh || !session || Date.parse(session.expires_at) - Date.now() < 30000) session = null;
  if (session) return Promise.resolve(session);
  asking ||= ask().finally(() => { asking = null; });
  return asking;
}

export class Model {
  constructor(values) {
    this.values = values;
    this.heard = new Map();
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    this.values[name] = value;
  }

  save_changes() {} // nothing behind this page keeps a widget's values: campus has the answers

  on(event, callback) {
    this.heard.set(event, [...(this.heard.get(event) || []), callback]);
  }

  off(event, callback) {
    this.heard.set(event, (this.heard.get(event) || []).filter((one) => one !== callback));
  }

  async send(message) {
    if (message.type !== "session") return;
    const answer = { type: "session", ...(await askSession(message.fresh)) };
    for (const callback of this.heard.get("msg:custom") || []) callback(answer);
  }
}
