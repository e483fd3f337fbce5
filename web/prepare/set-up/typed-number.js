// Numbers as people type them. Pure.

/** With a point or a comma; null for anything else. @param {string} text */
export function typedNumber(text) {
  const tidy = text.trim().replace(",", ".");
  return /^\d{1,6}(\.\d+)?$/u.test(tidy) ? Number(tidy) : null;
}
