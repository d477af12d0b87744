// The line to this learner's kernel, as Jupyter's web socket speaks: JSON, or binary where a message has buffers.
import { uniqueKey } from "./dom.js";

export class Channel {
  // `heard` gets what the service itself says, `kernel` each message of the kernel in turn, `closed` the end.
  constructor(address, { heard, kernel, closed }) {
    this.waiting = new Map(); // message id -> what its sender wants to hear of it
    this.turn = Promise.resolve();
    this.session = uniqueKey();
    const url = new URL(address, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    this.socket = new WebSocket(url);
    this.socket.binaryType = "arraybuffer";
    this.socket.addEventListener("close", closed);
    this.socket.addEventListener("message", ({ data }) => {
      const message = typeof data === "string" ? JSON.parse(data) : unpacked(data);
      if (message.hocai) heard(message);
      else this.turn = this.turn.then(() => this.take(message, kernel)).catch((error) => console.error(error));
    });
  }

  async take(message, kernel) {
    const callbacks = this.waiting.get(message.parent_header?.msg_id);
    if (message.channel === "shell") callbacks?.shell?.reply?.(message);
    else if (message.header.msg_type === "status") {
      callbacks?.iopub?.status?.(message);
      if (message.content.execution_state === "idle") this.waiting.delete(message.parent_header?.msg_id);
    }
    await kernel(message);
  }

  // Returns the message's id; what is sent on a line that is closed is lost.
  send(type, content, { callbacks, metadata = {}, buffers = [] } = {}) {
    const id = uniqueKey();
    const header = { msg_id: id, msg_type: type, username: "", session: this.session, version: "5.3", date: new Date().toISOString() };
    const message = { channel: "shell", header, parent_header: {}, metadata, content };
    if (callbacks) this.waiting.set(id, callbacks);
    if (this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(buffers.length ? packed(message, buffers) : JSON.stringify({ ...message, buffers: [] }));
    }
    return id;
  }

  close() {
    this.socket.close();
  }
}

// Number of parts, where each begins, the message's JSON, its buffers.
function unpacked(data) {
  const view = new DataView(data);
  const begins = Array.from({ length: view.getUint32(0) }, (_, i) => view.getUint32(4 * (i + 1)));
  const [text, ...buffers] = begins.map((from, i) => data.slice(from, begins[i + 1] ?? data.byteLength));
  return { ...JSON.parse(new TextDecoder().decode(text)), buffers: buffers.map((buffer) => new DataView(buffer)) };
}

function packed(message, buffers) {
  const bytes = (part) => (ArrayBuffer.isView(part) ? new Uint8Array(part.buffer, part.byteOffset, part.byteLength) : new Uint8Array(part));
  const parts = [new TextEncoder().encode(JSON.stringify(message)), ...buffers.map(bytes)];
  const head = new DataView(new ArrayBuffer(4 * (parts.length + 1)));
  head.setUint32(0, parts.length);
  let at = head.byteLength;
  parts.forEach((part, i) => {
    head.setUint32(4 * (i + 1), at);
    at += part.byteLength;
  });
  return new Blob([head, ...parts]);
}
