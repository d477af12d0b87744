// What esbuild joins into one file at install: ipywidgets' own manager and controls, loaded by live lessons alone.
import "@jupyter-widgets/controls/css/widgets.css";

export * as base from "@jupyter-widgets/base";
export { ManagerBase } from "@jupyter-widgets/base-manager";
export * as controls from "@jupyter-widgets/controls";
