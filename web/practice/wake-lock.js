// Keeps the screen on while somebody speaks: a device that falls asleep stops recording.

/** @returns {() => void} let it sleep again */
export function stayAwake() {
  let over = false;
  let lock = null;
  const ask = async () => {
    try {
      lock = await navigator.wakeLock?.request("screen");
      if (over) {
        lock?.release();
      }
    } catch {
      // Refused, for example with little power left: the device does as it is set.
    }
  };
  // The browser takes it back whenever the page is out of sight.
  const again = () => document.visibilityState === "visible" && ask();
  document.addEventListener("visibilitychange", again);
  ask();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", again);
    lock?.release();
  };
}
