// A link to a page of somebody else. It opens only by a click, in a new tab that cannot reach this one.

import { html } from "../templating.js";

/**
 * @param {string} address
 * @param {string} name of the page
 */
export const externalLink = (address, name) =>
  html`<a href=${address} target="_blank" rel="noopener noreferrer">${name} <span class="new-tab">(new tab)</span></a>`;

/** The host of an address, as people know it: 'nrmp.org'. */
export const hostOf = (address) => new URL(address).hostname.replace(/^www\./u, "");
