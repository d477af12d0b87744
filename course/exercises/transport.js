// HTTP to campus and gateway with the learner's short-lived token. The token comes by message from whoever hosts
// the widget: the kernel in JupyterLab, the page's own /session in an app. It stays in this module's memory.
import { line } from "./line.js";
import { words } from "./wording.js";

export const GONE = [502, 503, 504]; // the proxy says that nobody is there

export class ApiError extends Error {
  constructor(status, code, message, detail = {}) {
    super(message);
    Object.assign(this, { status, code, detail });
  }

  get offline() {
    return this.status === 0;
  }

  // Whether the message is campus's or the gateway's; else the proxy said that nobody is there.
  get ours() {
    return Boolean(this.status && (this.code || this.status < 500));
  }
}

const SESSION_WAIT = 20000;

export class Transport {
  constructor(model) {
    this.model = model;
    this.current = null;
    this.asking = null;
    this.ahead = 0; // milliseconds that campus's clock is ahead of this one: phones' clocks are often wrong
  }

  // The time by campus's clock.
  now() {
    return new Date(Date.now() + this.ahead);
  }

  get user() {
    return this.current?.user || "";
  }

  session() {
    if (this.current && Date.parse(this.current.expires_at) - this.now() > 30000) return Promise.resolve(this.current);
    this.asking ||= this.ask().finally(() => { this.asking = null; });
    return this.asking;
  }

  ask() {
    return new Promise((resolve, reject) => {
      const done = (act, value) => {
        clearTimeout(timer);
        this.model.off("msg:custom", heard);
        act(value);
      };
      const heard = (message) => {
        if (message?.type !== "session") return;
        if (!message.token) {
          if (message.code === "offline") line.lost();
          done(reject, new ApiError(message.status || 0, message.code || "no_session", message.error || words.noSession));
          return;
        }
        this.current = message;
        done(resolve, message);
      };
      const timer = setTimeout(() => done(reject, new ApiError(0, "no_session", words.noSession)), SESSION_WAIT);
      this.model.on("msg:custom", heard);
      this.model.send({ type: "session", fresh: Boolean(this.current?.refused) });
    });
  }

  // JSON to and from `CAMPUS/api/PATH`; a refused token is renewed once. Throws ApiError.
  async call(method, path, body, headers = {}) {
    let response;
    try {
      response = await this.request((session) => `${session.campus}/api/${path}`, {
        method,
        headers: body === undefined ? headers : { "Content-Type": "application/json", ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch (error) {
      if (GONE.includes(error.status)) line.lost(); // a restart: it comes back by itself
      throw error;
    }
    line.reached();
    try {
      return await response.json();
    } catch {
      throw new ApiError(response.status, "not_json", words.unreachable);
    }
  }

  async request(address, options, again = true) {
    const session = await this.session();
    let response;
    try {
      const headers = { ...options.headers, Authorization: `Bearer ${session.token}` };
      response = await fetch(address(session), { ...options, headers });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      line.lost();
      throw new ApiError(0, "offline", navigator.onLine === false ? words.offline : words.unreachable);
    }
    const there = Date.parse(response.headers.get("date"));
    if (there) this.ahead = there + 1000 - Date.now(); // the header has whole seconds, cut off
    if (response.status === 401 && again) {
      this.current = { ...session, expires_at: new Date(0).toISOString(), refused: true };
      return this.request(address, options, false);
    }
    if (!response.ok) throw await failure(response);
    return response;
  }

  // A file to `CAMPUS/api/PATH`, JSON back. Throws ApiError.
  async upload(path, file) {
    const headers = { "Content-Type": file.type || "application/octet-stream" };
    const response = await this.request((session) => `${session.campus}/api/${path}`, { method: "POST", headers, body: file });
    return response.json();
  }

  // A picture that the learner made, as an address that holds it. Throws ApiError.
  async picture(artefact) {
    const response = await this.request((session) => `${session.campus}/api/artefacts/${artefact}`, {});
    return dataUrl(await response.blob());
  }

  // A picture or sound of a lesson's material, as a blob. Throws ApiError.
  async material(lesson, name) {
    const response = await this.request((session) => `${session.campus}/api/lessons/${lesson}/material/${name}`, {});
    return response.blob();
  }

  // The picture that the AI draws: {file, label, note, told}; `told`: what the practice AI understood. Throws ApiError.
  async draw(exercise, prompt) {
    const response = await this.request((session) => `${session.ai}/images/generations`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Hocai-Exercise": exercise },
      body: JSON.stringify({ prompt, size: "1024x1024" }),
    });
    const { data, hocai = {} } = await response.json();
    const bytes = Uint8Array.from(atob(data[0].b64_json), (sign) => sign.charCodeAt(0));
    const told = hocai.practice ? data[0].revised_prompt : ""; // a model's is for models
    return { file: new Blob([bytes]), label: hocai.label, note: hocai.note, told };
  }

  // Sent while the page goes away, with the token at hand; nobody waits for the answer.
  last(path, body) {
    if (!this.current) return;
    fetch(`${this.current.campus}/api/${path}`, {
      method: "PUT",
      keepalive: true,
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.current.token}` },
      body: JSON.stringify(body),
    }).catch(() => {}); // the copy in this browser stands until a save was confirmed
  }

  // What the coach says to a message: {reply, points_to, hocai}. Throws ApiError; AbortError when stopped.
  async coach(exercise, body, signal) {
    const response = await this.request((session) => `${session.ai}/coach`, {
      method: "POST",
      signal,
      headers: { "Content-Type": "application/json", "X-Hocai-Exercise": exercise },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  // The AI's reply piece by piece: yields {text, label, practice, cached, note, masked, better}. Throws ApiError; AbortError when stopped.
  // `personal` says what to do with personal data on their way out: "send" them, or "" to be asked. With the prompt asked
  // `before` the practice AI tells in `better` what this one brought.
  async *reply(exercise, prompt, signal, personal = "", before = "") {
    const response = await this.request((session) => `${session.ai}/chat/completions`, {
      method: "POST",
      signal,
      headers: {
        "Content-Type": "application/json", "X-Hocai-Exercise": exercise,
        ...(personal && { "X-Hocai-Personal-Data": personal }),
      },
      body: JSON.stringify({ stream: true, before, messages: [{ role: "user", content: prompt }] }),
    });
    let finished = false;
    for await (const data of events(response.body)) {
      if (data === "[DONE]") {
        finished = true;
        break;
      }
      const chunk = JSON.parse(data);
      if (chunk.error) throw new ApiError(502, chunk.error.code, chunk.error.message);
      const choice = chunk.choices?.[0];
      if (choice?.finish_reason) finished = true;
      const { label = "", practice, cached, note = "", masked, better } = chunk.hocai || {};
      yield { text: choice?.delta?.content || "", label, practice, cached, note, masked, better };
    }
    if (!finished) throw new ApiError(502, "broken", words.replyBroken);
  }
}

function dataUrl(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.addEventListener("error", () => failed(new ApiError(0, "unreadable", words.unreachable)));
    reader.readAsDataURL(blob);
  });
}

async function failure(response) {
  const fallback = response.status === 401 || response.status === 403 ? words.refused : words.unreachable;
  try {
    const { error } = await response.json();
    return new ApiError(response.status, error.code || "", error.message || fallback, error);
  } catch {
    return new ApiError(response.status, "", fallback);
  }
}

// The data lines of a stream of server-sent events.
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split(/\r?\n/);
    rest = lines.pop();
    for (const line of lines) if (line.startsWith("data:")) yield line.slice(5).trim();
  }
}
