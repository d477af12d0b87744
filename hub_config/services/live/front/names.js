// What ipywidgets leaves without a name for screen readers gets that of the label beside it.
const NAMELESS = ".noUi-handle:not([aria-label]), .widget-readout:not([aria-label])";

export function nameControls(place) {
  new MutationObserver(() => {
    for (const control of place.querySelectorAll(NAMELESS)) {
      const label = control.closest(".widget-inline-hbox, .widget-inline-vbox")?.querySelector(".widget-label");
      control.setAttribute("aria-label", label?.textContent || "");
      if (control.isContentEditable) control.role = "textbox";
    }
    for (const label of place.querySelectorAll('[title="null"]')) label.removeAttribute("title");
  }).observe(place, { childList: true, subtree: true });
}
