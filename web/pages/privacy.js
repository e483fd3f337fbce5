// Privacy and accessibility: what the service says of this set-up. Also for people who are not signed in.

import { api } from "../api.js";
import { problemNotice } from "../components/notices.js";
import { html, nothing, render } from "../templating.js";

export function openPrivacy(container) {
  let closed = false;
  const draw = (content) => {
    if (!closed) {
      render(
        html`<div class="page-head"><h1>Privacy and accessibility</h1></div>
          <div class="settings">${content}</div>`,
        container,
      );
    }
  };
  const load = async () => {
    draw(html`<div class="skeleton skeleton-text" aria-hidden="true"></div>`);
    try {
      const { sections, pages } = await api.privacy();
      draw(sections.map((each) => section(each, each.id === "access" ? pages : [])));
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

/**
 * @param {{id: string, title: string, points: string[]}} said
 * @param {string[]} pages names of pages that are listed below it
 */
function section({ id, title, points }, pages) {
  return html`<section aria-labelledby=${`privacy-${id}`}>
    <h2 id=${`privacy-${id}`}>${title}</h2>
    <div class="settings-body">
      ${points.map((point) => html`<p>${point}</p>`)}
      ${pages.length > 0 ? html`<ul>${pages.map((name) => html`<li>${name}</li>`)}</ul>` : nothing}
    </div>
  </section>`;
}
