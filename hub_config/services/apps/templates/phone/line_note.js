// The line under the page's head that says when campus cannot be reached, and when it can again.
import { line } from "./line.js";
import { words } from "./wording.js";

const SHOWN = 6000; // milliseconds that the good news stays

export function showLine(place) {
  let timer = 0;
  line.listen((up) => {
    clearTimeout(timer);
    place.classList.toggle("good", up);
    place.textContent = up ? words.lineBack : navigator.onLine === false ? words.lostLine : words.lostCampus;
    if (up) timer = setTimeout(() => { place.textContent = ""; }, SHOWN);
  });
}
