import { html, render } from "../templating.js";

export function openScheduledInterview(container, id) {
  render(html`<div class="page-head"><h1>Interview</h1></div>`, container);
}
