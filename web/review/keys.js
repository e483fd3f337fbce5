// The keys of a review: a letter begins a comment, a number puts in a canned one, the space bar plays. They can be turned off.

const KEPT = "greenroom.review-keys";
/** Where a letter is written, or chooses. */
const FIELDS = "textarea, select, input:not([type=radio], [type=checkbox], [type=range])";
/** What the space bar presses. */
const PRESSED = "button, a, summary, input, [role=button], [role=slider], [data-item]";

export function keysAreOn() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

export function turnKeys(on) {
  try {
    if (on) {
      localStorage.removeItem(KEPT);
    } else {
      localStorage.setItem(KEPT, "off");
    }
  } catch {
    // As long as this page is open, they stay as they are.
  }
}

/**
 * @param {{begin: (text: string) => void, canned: (event: KeyboardEvent) => boolean, toggle: () => void}} does
 *   `canned` answers whether the key meant one
 * @returns {() => void} stop
 */
export function reviewKeys({ begin, canned, toggle }) {
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const held = event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing;
    if (!keysAreOn() || held || event.defaultPrevented || document.querySelector("dialog[open]") || target.closest(FIELDS)) {
      return;
    }
    if (event.key === " ") {
      if (!target.closest(PRESSED)) {
        event.preventDefault();
        toggle();
      }
    } else if (canned(event)) {
      event.preventDefault();
    } else if (/^\p{L}$/u.test(event.key)) {
      event.preventDefault();
      // A capital is the first letter of a comment: only the small c is the key.
      begin(event.key === "c" ? "" : event.key);
    }
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
