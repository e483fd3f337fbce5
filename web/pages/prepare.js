import { html, render } from "../templating.js";

export function openPrepare(container) {
  render(html`<div class="page-head"><h1>Prepare</h1></div>`, container);
}
