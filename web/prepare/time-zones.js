// A time zone as people write it, and as the IANA database names it. Pure.

/**
 * The name of the zone that was typed: 'new york' and 'America/new_york' are 'America/New_York'.
 * @param {string} typed
 * @param {Array<{name: string, older_names?: string[]}>} zones all that there are
 * @returns {string} as it was typed, where no zone or more than one has that name
 */
export function zoneName(typed, zones) {
  const wanted = folded(typed);
  const whole = zones.find((zone) => namesOf(zone).some((name) => folded(name) === wanted));
  const cities = whole ? [] : zones.filter((zone) => namesOf(zone).some((name) => folded(cityOf(name)) === wanted));
  return whole?.name ?? (cities.length === 1 ? cities[0].name : typed.trim());
}

/**
 * Its name now, and those that it had before: 'Asia/Calcutta' is 'Asia/Kolkata'.
 * @param {{name: string, older_names?: string[]}} zone
 */
const namesOf = ({ name, older_names: older }) => [name, ...(older ?? [])];

const cityOf = (name) => name.slice(name.lastIndexOf("/") + 1);

const folded = (text) => text.trim().toLowerCase().replace(/[\s_]+/gu, " ");
