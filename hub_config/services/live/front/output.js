// What a cell or an Output widget shows, and the Output widget itself.
import { h } from "./dom.js";
import { words } from "./live_words.js";

const VIEW = "application/vnd.jupyter.widget-view+json";
const PICTURES = ["image/png", "image/jpeg"];
const SHOWN = { stream: "stream", display_data: "display_data", execute_result: "display_data", error: "error" };

// One place for each output; a lesson's own HTML goes in as it is, scripts in it stay dead.
export function outputPlaces(outputs, host) {
  return outputs.map((output) => {
    const place = h("div", { class: "live-output" });
    fill(place, output, host);
    return place;
  });
}

function fill(place, output, host) {
  if (output.output_type === "error") place.append(h("p", { class: "live-fault" }, words.cellFailed));
  else if (output.output_type === "stream") {
    if (output.name === "stdout") place.append(h("pre", {}, output.text));
  } else {
    const data = output.data || {};
    const picture = PICTURES.find((kind) => data[kind]);
    if (data[VIEW]) host.show(data[VIEW].model_id, place).catch((error) => console.error(error));
    else if (picture) place.append(h("img", { src: `data:${picture};base64,${data[picture].trim()}`, alt: data["text/alt"] || words.chart }));
    else if (data["text/html"]) markup(place, data["text/html"]);
    else if (data["text/plain"]) place.append(h("pre", {}, data["text/plain"]));
  }
}

// pandas heads the column of row numbers with an empty cell, which says nothing as a heading.
function markup(place, html) {
  place.innerHTML = html;
  for (const head of place.querySelectorAll("th:empty")) head.replaceWith(h("td", {}));
}

export function outputWidget(base, host) {
  class OutputModel extends base.DOMWidgetModel {
    defaults() {
      return {
        ...super.defaults(), _model_name: "OutputModel", _view_name: "OutputView", _model_module: "@jupyter-widgets/output",
        _view_module: "@jupyter-widgets/output", msg_id: "", outputs: [],
      };
    }

    initialize(attributes, options) {
      super.initialize(attributes, options);
      this.listenTo(this, "change:msg_id", this.listen);
    }

    // The kernel names the message whose output belongs here; widgets may lie in each other.
    listen() {
      const before = this.previous("msg_id");
      const left = (host.outputs.get(before) || []).filter((one) => one !== this);
      if (left.length) host.outputs.set(before, left);
      else host.outputs.delete(before);
      const now = this.get("msg_id");
      if (now) host.outputs.set(now, [...(host.outputs.get(now) || []), this]);
    }

    add(type, content) {
      if (type === "clear_output") {
        this.stale = true;
        if (!content.wait) this.put([]);
      } else if (SHOWN[type]) {
        this.put([...(this.stale ? [] : this.get("outputs")), { output_type: SHOWN[type], ...content }]);
      }
    }

    put(outputs) {
      this.stale = false;
      this.set("outputs", outputs);
    }
  }

  class OutputView extends base.DOMWidgetView {
    render() {
      super.render();
      this.el.classList.add("live-outputs");
      this.listenTo(this.model, "change:outputs", this.draw);
      this.draw();
    }

    // The old picture stands until the new one is there, and the page does not jump.
    draw() {
      this.el.replaceChildren(...outputPlaces(this.model.get("outputs"), host));
    }
  }
  return { OutputModel, OutputView };
}
