// The entries of the navigation, by the role of the person who is signed in.

import { html, nothing } from "./templating.js";

/** @typedef {"local"|"applicant"|"adviser"|"administrator"} Role `local`: nobody signs in to this service */

/** @typedef {{name: string, label: string, path: string}} Entry */

/** @type {Entry[]} */
const PRACTISING = [
  { name: "practice", label: "Practise", path: "/" },
  { name: "answers", label: "Answers", path: "/answers" },
  { name: "progress", label: "Progress", path: "/progress" },
  { name: "prepare", label: "Prepare", path: "/prepare" },
];
const SETTINGS = { name: "settings", label: "Settings", path: "/settings" };
const ACCOUNT = { name: "account", label: "Account", path: "/account" };

/** @type {Record<Role, Entry[]>} */
const ENTRIES = {
  local: [...PRACTISING, SETTINGS],
  applicant: [...PRACTISING, { name: "assignments", label: "Assignments", path: "/assignments" }, SETTINGS, ACCOUNT],
  adviser: [{ name: "review", label: "Review", path: "/review" }, { name: "cohorts", label: "Cohorts", path: "/cohorts" }, ACCOUNT],
  administrator: [{ name: "office", label: "Office", path: "/office" }, ACCOUNT],
};

/**
 * @param {Role} role
 * @param {string} present the name of the entry that the page belongs to
 */
export function navigation(role, present) {
  return html`<ul>
    ${ENTRIES[role].map(
      ({ name, label, path }) =>
        html`<li><a href=${path} data-page aria-current=${name === present ? "page" : nothing}>${label}</a></li>`,
    )}
  </ul>`;
}
