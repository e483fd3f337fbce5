// Whose pages these are, where people sign in. What the browser keeps belongs to one account: it is put aside when
// another person signs in with the same browser, and is there again when the first one comes back.
//
// A page stays its person's for as long as it is open, whoever signs in beside it: every request says whose page it
// comes from, and the service does nothing of it for another.

/** Not among what `forgetInBrowser` removes. */
const KEY = "greenroom-person";
/** All that the pages keep under a name has a name that begins so. */
const PREFIX = "greenroom.";

let person = read();

/** @returns {string|null} id of the person; null where nobody signs in, or nobody is signed in */
export const personHere = () => person;

/**
 * The header that says whose page a request comes from.
 * @returns {Record<string, string>}
 */
export const personHeader = () => (person ? { "Greenroom-Person": person } : {});

/**
 * From now on the browser is this person's. Load the document anew afterwards: modules may hold what was another's.
 * @param {string|null} id null: nobody is signed in any more
 * @returns {boolean} whether the browser keeps that; otherwise loading anew would ask for the same again
 */
export function becomes(id) {
  const before = person;
  person = id;
  try {
    if (before !== id) {
      putAside(before);
      takeBack(id);
    }
    if (id) {
      localStorage.setItem(KEY, id);
    } else {
      localStorage.removeItem(KEY);
    }
    return read() === id;
  } catch {
    return false;
  }
}

/**
 * The service does not know this browser, or knows it as another person's. Goes to the sign-in page, unless something
 * is under way here that must not be lost: that says so itself, by cancelling the event.
 */
export function signedOut() {
  if (dispatchEvent(new Event("greenroom:signed-out", { cancelable: true })) && !isForAnyone(location.pathname)) {
    location.assign(signInAddress());
  }
}

/** The sign-in page, which leads back to this one. */
export const signInAddress = () => `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;

/** Whether a page is shown to people who are not signed in. */
export const isForAnyone = (path) => path === "/sign-in" || path === "/privacy" || path.startsWith("/invitations/") || path.startsWith("/reset/");

/**
 * A path of our own pages, or null: an address could name another site as what to open next.
 * @param {string|null} path
 */
export function ownPath(path) {
  if (!path?.startsWith("/") || path.startsWith("/api/")) {
    return null;
  }
  const address = new URL(path, location.origin);
  return address.origin === location.origin && !isForAnyone(address.pathname) ? address.pathname + address.search : null;
}

/**
 * A browser may keep a page that one has left, and show it again with "Back". If it is no longer this person's by
 * then, nothing of it is to be seen: it is loaded anew.
 */
export function showToNobodyElse() {
  const own = person;
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && read() !== own) {
      document.documentElement.hidden = true;
      location.reload();
    }
  });
}

const asideName = (owner) => `aside-${owner ?? "local"}:`;

function putAside(owner) {
  for (const name of names(PREFIX)) {
    localStorage.setItem(asideName(owner) + name, localStorage.getItem(name) ?? "");
    localStorage.removeItem(name);
  }
}

function takeBack(owner) {
  const aside = asideName(owner);
  for (const name of names(aside)) {
    localStorage.setItem(name.slice(aside.length), localStorage.getItem(name) ?? "");
    localStorage.removeItem(name);
  }
}

const names = (start) => Object.keys(localStorage).filter((name) => name.startsWith(start));

function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
