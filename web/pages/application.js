import { html, render } from "../templating.js";

export function openApplication(container) {
  render(html`<div class="page-head"><h1>Your application</h1></div>`, container);
}
