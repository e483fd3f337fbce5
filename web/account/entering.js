// What happens once somebody has signed in: the browser becomes theirs, and the page that they wanted opens.

import { becomes, ownPath } from "../person.js";
import { accounts } from "./requests.js";

/** Where each role begins. */
const FIRST_PAGES = { adviser: "/review", administrator: "/office" };

/**
 * Load the page that a person wanted, or their first one. What they have to know of their account comes before it.
 * @param {{accounts: boolean, person: string, role: string}} me
 * @param {string|null} next a path
 */
export async function enter(me, next) {
  becomes(me.accounts ? me.person : null);
  const wanted = ownPath(next) ?? FIRST_PAGES[me.role] ?? "/";
  const { notices } = await accounts.account().catch(() => ({ notices: [] }));
  location.assign(notices.length > 0 ? `/account?next=${encodeURIComponent(wanted)}` : wanted);
}
