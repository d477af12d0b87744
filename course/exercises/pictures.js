// Pictures from this phone: chosen, and made small enough to be sent over a village's line.
import { h, uniqueId } from "./dom.js";
import { words } from "./wording.js";

const SIDE = 1600;
const QUALITY = 0.86;
const TYPES = "image/jpeg,image/png,image/webp";

// A picture as a JPEG of at most SIDE pixels; as it is where this browser cannot open it: campus then says why.
export async function asFile(file) {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const factor = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = h("canvas", { width: Math.max(1, Math.round(image.width * factor)), height: Math.max(1, Math.round(image.height * factor)) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((blob) => done(blob || file), "image/jpeg", QUALITY));
  } catch {
    return file;
  }
}

// A button that opens the phone's pictures; `take(file)` gets the one chosen, `tell(text)` says how it goes.
export function ownPicture(label, take, tell) {
  const id = uniqueId("hk-file");
  const input = h("input", { id, type: "file", accept: TYPES, class: "hk-hidden", onchange: async () => {
    const [file] = input.files;
    input.value = "";
    if (!file) return;
    tell(words.sendingPicture);
    try {
      await take(file);
      tell(words.pictureTaken);
    } catch (error) {
      tell(error.message);
    }
  } });
  return h("div", { class: "hk-file" }, input, h("label", { for: id, class: "hk-button" }, label));
}
