// Takes.

import { html, render } from "../templating.js";

export function openTakes(room, id) {
  render(html`<div class="place-head"><h1>Takes</h1></div>`, room);
  return () => {};
}
