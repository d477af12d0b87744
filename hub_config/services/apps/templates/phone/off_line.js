// Keeping opened lessons for reading without a line: the service worker does it, this page tells it what and for whom.
const WHO = "hocai.reader";

export async function keepForReading(transport) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return; // not a secure address, or a browser without one
  const files = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src);
  try {
    const { user } = await transport.session();
    if (localStorage.getItem(WHO) !== user) {
      await caches.delete("hocai-lessons"); // somebody else read here before
      localStorage.setItem(WHO, user);
    }
    await serviceWorker.register(document.body.dataset.worker);
    const { active } = await serviceWorker.ready;
    active.postMessage({ keep: [location.pathname, ...files] });
  } catch (error) {
    console.warn("lessons are not kept for reading off line:", error.message); // reading on line needs none of it
  }
}
