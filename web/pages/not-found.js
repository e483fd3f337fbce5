// An address that leads nowhere.

import { html, render } from "../templating.js";

export function openNowhere(room) {
  render(
    html`<div class="empty">
      <h1>Nothing is here.</h1>
      <p class="lead">The address may be mistyped, or what was here has been deleted.</p>
      <a class="button button-main" href="/answers" data-place>See all answers</a>
    </div>`,
    room,
  );
}
