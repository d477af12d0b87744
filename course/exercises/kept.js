// Answers that campus has not confirmed, kept in this browser under the name of who wrote them.
const HEAD = "hocai.draft:";
const key = (user, exercise) => `${HEAD}${user}:${exercise}`;

// {answer, base, writer}, see drafts.js; null when nothing is kept.
export function kept(user, exercise) {
  try {
    return JSON.parse(localStorage.getItem(key(user, exercise)));
  } catch {
    return null; // storage is closed or holds no JSON: nothing is kept here
  }
}

// False when this browser has no room or keeps nothing.
export function keep(user, exercise, record) {
  try {
    localStorage.setItem(key(user, exercise), JSON.stringify(record));
    return true;
  } catch {
    return false;
  }
}

// Removes what `writer` kept; what another page of this browser kept stays.
export function drop(user, exercise, writer) {
  if (kept(user, exercise)?.writer === writer) localStorage.removeItem(key(user, exercise));
}

// The exercises of which somebody's answers are kept here.
export function keptExercises(user) {
  const head = key(user, "");
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(head)).map((name) => name.slice(head.length));
  } catch {
    return []; // storage is closed: nothing is kept here
  }
}
