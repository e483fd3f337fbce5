// File sizes and counts in words. Pure.

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/** '2.1 MB'. Powers of 1000, as file managers show them. */
export function sizeWords(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 10 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, "")} ${UNITS[unit]}`;
}

/** '1 answer', '12 answers'. */
export function countWords(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}
