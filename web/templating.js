// The one place that knows which version of lit-html is vendored.
// Templates put names and transcripts in as text: nothing here or elsewhere writes innerHTML from data.

export { html, svg, render, nothing } from "./vendor/lit-html-3.3.3/lit-html.js";
export { repeat } from "./vendor/lit-html-3.3.3/directives/repeat.js";
export { classMap } from "./vendor/lit-html-3.3.3/directives/class-map.js";
export { live } from "./vendor/lit-html-3.3.3/directives/live.js";
export { ref } from "./vendor/lit-html-3.3.3/directives/ref.js";
