import { html, render } from "../templating.js";

export function openRankList(container) {
  render(html`<div class="page-head"><h1>Rank list</h1></div>`, container);
}
