// Headers of a request that only a page of this service can send: the live service asks for its own cookie's value.
export function ownPage() {
  const mine = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
  return { Accept: "application/json", ...(mine ? { "X-XSRFToken": mine[1] } : {}) };
}
