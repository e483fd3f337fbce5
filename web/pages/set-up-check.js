import { html, render } from "../templating.js";

export function openSetUpCheck(container) {
  render(html`<div class="page-head"><h1>Set-up check</h1></div>`, container);
}
