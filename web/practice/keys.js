// Keys that work on a whole step, and leave alone what a field or a button does with them.

const PRESSES = new Set(["Enter", " "]);

/** Whether this key means something to what has the focus. */
function isTakenBy(element, key) {
  if (element.closest("input, textarea, select, [contenteditable]")) {
    return true;
  }
  return PRESSES.has(key) && element.closest("button, a, summary") !== null;
}

/**
 * @param {Record<string, () => void>} actions by key as KeyboardEvent.key says it; letters in lower case
 * @returns {() => void} stop
 */
export function onKeys(actions) {
  const press = (event) => {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const action = actions[key];
    const held = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
    // A question in a dialog comes first; what it does not use is not meant for the step behind it.
    if (!action || held || event.defaultPrevented || document.querySelector("dialog[open]") || isTakenBy(event.target, key)) {
      return;
    }
    event.preventDefault();
    action();
  };
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}
