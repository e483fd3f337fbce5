import { html, render } from "../templating.js";

export function openQuestionsToAsk(container) {
  render(html`<div class="page-head"><h1>Questions to ask</h1></div>`, container);
}
