// Signing out of a shared phone: the lessons that were kept for reading off line go with the learner.
const form = document.querySelector("form[action$='sign-out']");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await globalThis.caches?.delete("hocai-lessons");
  } finally {
    form.submit();
  }
});
