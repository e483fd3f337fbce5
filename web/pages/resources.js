import { html, render } from "../templating.js";

export function openResources(container) {
  render(html`<div class="page-head"><h1>Resources</h1></div>`, container);
}
