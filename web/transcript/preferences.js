// How this browser shows transcripts, remembered.

const KEY = "greenroom.transcript";

/** Whether every pause is marked, and not only the long ones and those within a clause. */
export function showsAllPauses() {
  try {
    return localStorage.getItem(KEY) === "all-pauses";
  } catch {
    // Without storage it is as at first.
    return false;
  }
}

/** @param {boolean} all */
export function rememberAllPauses(all) {
  try {
    localStorage.setItem(KEY, all ? "all-pauses" : "");
  } catch {
    // Nothing is remembered, and nothing else depends on it.
  }
}
