// Keeps opened lesson pages with their style, script and pictures, so that they can be read without a line. What is
// somebody's own (sessions, tokens, answers) never goes in: those addresses are not looked at.
const KEPT = "hocai-lessons"; // off_line.js and sign_out.js delete it by this name
const BASE = new URL("./", self.location).pathname;
const PAGE = /^[^/]+\/$/;
const FILES = "/services/apps/assets/"; // of the live service's pages too
const PICTURE = /^[^/]+\/material\//;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => event.waitUntil(keep(event.data.keep)));

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (event.request.headers.has("range")) return; // a sound is sent in parts, and parts cannot be kept
  if (pathname.startsWith(FILES)) event.respondWith(file(event.request));
  if (!pathname.startsWith(BASE)) return;
  const path = pathname.slice(BASE.length);
  if ((event.request.mode === "navigate" && PAGE.test(path)) || PICTURE.test(path)) event.respondWith(fresh(event.request));
});

// What the first visit loaded before this worker stood; the browser has it all at hand still.
async function keep(paths) {
  const cache = await caches.open(KEPT);
  await Promise.all(paths.map(async (path) => {
    const reply = await fetch(path, { cache: "force-cache", redirect: "manual" });
    if (reply.ok) await cache.put(bare(path), reply);
  }));
}

const bare = (address) => new URL(address, self.location).pathname;

// Assets carry the hash of their content in their name: what is kept is never stale.
async function file(request) {
  return (await caches.match(bare(request.url))) || fetch(request);
}

async function nobodyIsHere() {
  const session = await fetch(`${BASE}session`, { cache: "no-store" }).catch(() => null);
  return session?.status === 401;
}

// The newest, kept for later; without a line the one that was kept. A way to the sign-in means that nobody is here.
async function fresh(request) {
  let reply;
  try {
    reply = await fetch(request);
  } catch (error) {
    const kept = await caches.match(bare(request.url));
    if (kept) return kept;
    const live = bare(request.url).replace(/^\/services\/apps\//, "/services/live/"); // where the line would have led
    if (await caches.match(live)) return Response.redirect(live);
    throw error;
  }
  if (reply.type === "opaqueredirect" && (await nobodyIsHere())) await caches.delete(KEPT); // else the way to a live lesson
  else if (reply.ok) await (await caches.open(KEPT)).put(bare(request.url), reply.clone());
  else if (reply.status >= 500) return (await caches.match(bare(request.url))) || reply;
  return reply;
}
