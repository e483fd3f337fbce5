// What the browser tells of the device: its battery, and whether it keeps the screen on.

/** @returns {Promise<{supported: boolean, charging?: boolean, level?: number}>} */
export async function readBattery() {
  try {
    const { charging, level } = await /** @type {any} */ (navigator).getBattery();
    return { supported: true, charging, level };
  } catch {
    // Firefox and Safari do not tell, and neither does a page that may not know.
    return { supported: false };
  }
}

/** Ask the browser to keep the screen on, and let it go again. @returns {Promise<{supported: boolean, granted: boolean}>} */
export async function tryWakeLock() {
  if (!navigator.wakeLock) {
    return { supported: false, granted: false };
  }
  try {
    const lock = await navigator.wakeLock.request("screen");
    await lock.release();
    return { supported: true, granted: true };
  } catch {
    return { supported: true, granted: false };
  }
}
