// ipywidgets' own manager over a channel: the models of this page, and where what is printed goes.
import { outputWidget } from "./output.js";

// `modules` is widgets.mjs as it was joined, `anywidget` the address of anywidget's other half.
export function hostOfWidgets(modules, channel, anywidget) {
  const { base, controls, ManagerBase } = modules;
  const classes = { "@jupyter-widgets/base": base, "@jupyter-widgets/controls": controls };

  class Comm {
    constructor(target, id) {
      Object.assign(this, { target_name: target, comm_id: id, heard: () => {}, ended: () => {} });
      host.comms.set(id, this);
    }

    open(data, metadata, buffers) {
      return channel.send("comm_open", { comm_id: this.comm_id, target_name: this.target_name, data }, { metadata, buffers });
    }

    send(data, callbacks, metadata, buffers) {
      return channel.send("comm_msg", { comm_id: this.comm_id, data }, { callbacks, metadata, buffers });
    }

    close(data = {}, callbacks, metadata, buffers) {
      host.comms.delete(this.comm_id);
      return channel.send("comm_close", { comm_id: this.comm_id, data }, { callbacks, metadata, buffers });
    }

    on_msg(callback) {
      this.heard = callback;
    }

    on_close(callback) {
      this.ended = callback;
    }
  }

  class Host extends ManagerBase {
    comms = new Map();
    outputs = new Map(); // id of the message whose output is caught -> the Output widgets that want it, innermost last

    async loadClass(name, module) {
      if (module === "anywidget") classes.anywidget ||= (await import(anywidget)).default(base);
      const found = classes[module]?.[name];
      if (!found) throw new Error(`no ${name} of ${module} here`);
      return found;
    }

    async _create_comm(target, id, data, metadata, buffers) {
      const comm = new Comm(target, id);
      if (data) comm.open(data, metadata, buffers);
      return comm;
    }

    async _get_comm_info() {
      const reply = await new Promise((resolve) => {
        channel.send("comm_info_request", { target_name: "jupyter.widget" }, { callbacks: { shell: { reply: resolve } } });
      });
      return reply.content.comms;
    }

    // The widgets as the service saw them come; null: they hold more than JSON, the kernel is asked.
    async fill(states) {
      if (!states) return this._loadFromKernel();
      return Promise.all(Object.entries(states).map(([id, state]) => this.new_model({
        model_name: state._model_name, model_module: state._model_module, model_module_version: state._model_module_version,
        model_id: id, comm: new Comm("jupyter.widget", id),
      }, state)));
    }

    async show(id, place) {
      const { luminoWidget } = await this.create_view(await this.get_model(id));
      if (place.isConnected) base.JupyterLuminoWidget.attach(luminoWidget, place);
      else place.append(luminoWidget.node); // in an Output widget that is not in the page yet
    }

    async take({ header, content, parent_header: parent, metadata, buffers = [] }) {
      const comm = this.comms.get(content.comm_id);
      const type = header.msg_type;
      if (type === "comm_open" && content.target_name === this.comm_target_name) {
        await this.handle_comm_open(new Comm(content.target_name, content.comm_id), { content, metadata, buffers });
      } else if (type === "comm_msg") await comm?.heard({ header, content, parent_header: parent, metadata, buffers });
      else if (type === "comm_close") {
        this.comms.delete(content.comm_id);
        comm?.ended({ content });
      } else this.outputs.get(parent?.msg_id)?.at(-1)?.add(type, content);
    }
  }

  const host = new Host();
  classes["@jupyter-widgets/output"] = outputWidget(base, host);
  return host;
}
