// Pages of others that help with interviews. Nothing of them is loaded here; each opens by a click.

import { api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { externalLink, hostOf } from "../prepare/external-link.js";
import { applyingToWords } from "../prepare/wording.js";
import { html, render } from "../templating.js";

export function openResources(container) {
  let closed = false;
  const draw = (content) => {
    if (!closed) {
      render(
        html`<div class="resources">
          <div class="page-head">
            <a href="/prepare" data-page>Prepare</a>
            <h1>Resources</h1>
            <p class="lead">
              Guides of others, by name. Greenroom loads nothing from them. A click opens one in a new tab, and needs the internet.
            </p>
          </div>
          ${content}
        </div>`,
        container,
      );
    }
  };
  const load = async () => {
    draw(html`<div class="skeleton skeleton-text" aria-hidden="true"></div>`);
    try {
      draw((await api.resources()).groups.map(group));
    } catch (error) {
      draw(html`${problemNotice(error)}
        <div class="buttons"><button class="button button-main" type="button" @click=${load}>Try again</button></div>`);
    }
  };
  load();
  return () => {
    closed = true;
  };
}

function group({ id, name, resources }) {
  return html`<section aria-labelledby=${`resources-${id}`}>
    <h2 id=${`resources-${id}`}>${name}</h2>
    <ul class="resource-list">
      ${resources.map(
        (each) => html`<li>
          <p class="resource-name">${externalLink(each.address, each.name)}</p>
          <p>${each.finds}</p>
          <p class="facts">
            ${[each.by, applyingToWords(each.applying_to), hostOf(each.address)].filter(Boolean).map((fact) => html`<span>${fact}</span>`)}
          </p>
        </li>`,
      )}
    </ul>
  </section>`;
}
