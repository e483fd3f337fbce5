// Says something to people who listen to the page rather than look at it.

/** Words for the polite live region; the same words twice in a row are said once. */
export function announce(words) {
  const region = document.getElementById("announcer");
  if (region.textContent !== words) {
    region.textContent = words;
  }
}
