// Which takes are being recorded or sent by some tab just now: each holds a Web Lock, which ends with its tab, however
// that ends. Without Web Locks (browsers before 2022) only what lives in this tab is known.

const NAME = "greenroom-take-";

/** Of this tab, for browsers without Web Locks. */
const own = new Set();

/**
 * Lock a take until the returned function is called.
 * @param {string} id of a take or of an answer
 * @returns {Promise<(() => void)|null>} null where it is locked already, in this tab or another
 */
export function lockTake(id) {
  if (own.has(id)) {
    return Promise.resolve(null);
  }
  own.add(id);
  const unlock = () => own.delete(id);
  if (!navigator.locks) {
    return Promise.resolve(unlock);
  }
  return new Promise((resolve) => {
    navigator.locks
      .request(`${NAME}${id}`, { ifAvailable: true }, (lock) => {
        if (!lock) {
          unlock();
          resolve(null);
          return null;
        }
        /** @type {Promise<void>} */
        const released = new Promise((release) =>
          resolve(() => {
            unlock();
            release();
          }),
        );
        return released;
      })
      // A page that may not use locks (some embedded ones) goes on without.
      .catch(() => resolve(unlock));
  });
}

/** Ids of the takes and answers that are locked in any tab. */
export async function lockedTakes() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = held.map(({ name }) => name ?? "").filter((name) => name.startsWith(NAME));
  return new Set([...own, ...names.map((name) => name.slice(NAME.length))]);
}
