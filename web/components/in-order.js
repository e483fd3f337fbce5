// One thing after another, in the order in which they were asked for.

/**
 * @returns {<T>(action: () => Promise<T>) => Promise<T>} runs an action once those before it have ended, however
 *   they ended
 */
export function inOrder() {
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  return (action) => {
    const result = last.then(action);
    last = result.catch(() => {});
    return result;
  };
}
