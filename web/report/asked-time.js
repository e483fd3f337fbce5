// A report that is opened at a time: /answers/ID?at=12.3, as the search over all answers does.

/** @param {import("../components/player.js").Player} player */
export function goToAskedTime(player) {
  const time = Number(new URLSearchParams(location.search).get("at"));
  if (!(time > 0)) {
    return;
  }
  // Who pressed a moment wants to hear it; who loads the page, or comes back to it, finds it there.
  if (navigator.userActivation?.isActive) {
    player.playMoment(time);
  } else {
    player.seek(time);
  }
}
