// Which widget shows which kind of exercise, for pages that hold all of them; in a notebook each brings its own.
import choice from "./choice.js";
import classify from "./classify.js";
import code from "./code.js";
import fill from "./fill.js";
import find from "./find.js";
import make from "./make.js";
import order from "./order.js";
import prompt from "./prompt.js";
import teach_back from "./teach_back.js";
import text from "./text.js";

export const widgets = { choice, predict: choice, order, classify, find, fill, prompt, text, code, make, teach_back };
