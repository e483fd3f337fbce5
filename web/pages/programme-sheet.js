import { html, render } from "../templating.js";

export function openProgrammeSheet(container, id) {
  render(html`<div class="page-head"><h1>Programme sheet</h1></div>`, container);
}
