// Which takes are being recorded or sent by some tab just now: each holds a Web Lock, which ends with its tab, however
// that ends. Without Web Locks (browsers before 2022) only what lives in this tab is known.

const NAME = "greenroom-take-";

/** Of this tab, for browsers without Web Locks. */
const own = new Set();

/**
 * Mark something as alive until the returned function is called.
 * @param {string} id of a take or of an answer
 * @returns {Promise<(() => void)|null>} null where it is alive already, in this tab or another
 */
export function hold(id) {
  if (own.has(id)) {
    return Promise.resolve(null);
  }
  own.add(id);
  const letGo = () => own.delete(id);
  if (!navigator.locks) {
    return Promise.resolve(letGo);
  }
  return new Promise((resolve) => {
    navigator.locks
      .request(`${NAME}${id}`, { ifAvailable: true }, (lock) => {
        if (!lock) {
          letGo();
          resolve(null);
          return null;
        }
        return new Promise((release) =>
          resolve(() => {
            letGo();
            release();
          }),
        );
      })
      // A page that may not use locks (some embedded ones) goes on without.
      .catch(() => resolve(letGo));
  });
}

/** Ids of the takes and answers that are alive in any tab. */
export async function living() {
  const { held } = (await navigator.locks?.query()) ?? { held: [] };
  const names = held.map(({ name }) => name).filter((name) => name.startsWith(NAME));
  return new Set([...own, ...names.map((name) => name.slice(NAME.length))]);
}
