// Progress.

import { html, render } from "../templating.js";

export function openProgress(room) {
  render(html`<div class="place-head"><h1>Progress</h1></div>`, room);
  return () => {};
}
