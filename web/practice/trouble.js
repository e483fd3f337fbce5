// When recording cannot begin: what happened, what is safe, and the ways on.

import { html, render, nothing } from "../templating.js";
import { recordingErrorWords } from "../format/recording-errors.js";
import { onKeys } from "./keys.js";

/** Where the same page can be opened so that a browser lets it record. */
export const safeAddress = () => `http://127.0.0.1${location.port ? `:${location.port}` : ""}/`;

/** Step while the browser asks the person. It has no outcome: what follows takes its place. */
export function askingStep(room, { camera }) {
  render(
    html`<section class="empty">
      <h1 tabindex="-1">Your browser asks you something.</h1>
      <p class="lead">
        Allow it to use the microphone${camera ? " and the camera" : ""}. What is recorded stays on this machine.
      </p>
    </section>`,
    room,
  );
}

/** Step. Outcome: "again", "without_camera" or "back". */
export function troubleStep(room, { error, camera }, done) {
  const { title, text } = recordingErrorWords(error);
  const insecure = error.code === "insecure_page";
  render(
    html`<section class="empty">
      <h1 tabindex="-1">${title}</h1>
      <p class="lead">${text}</p>
      ${insecure ? html`<p>On the computer that Greenroom runs on, open <a href=${safeAddress()}>${safeAddress()}</a>.</p>` : nothing}
      <div class="buttons">
        ${insecure ? nothing : html`<button class="button button-main button-large" type="button" @click=${() => done("again")}>Try again</button>`}
        ${camera && (error.camera || error.code === "no_camera")
          ? html`<button class="button button-large" type="button" @click=${() => done("without_camera")}>Record without the camera</button>`
          : nothing}
        <a class=${insecure ? "button button-main button-large" : "button button-large"} href="/hand-in" data-place>Hand in a recording instead</a>
        <button class="button button-plain" type="button" @click=${() => done("back")}>Back to the question</button>
      </div>
    </section>`,
    room,
  );
  return onKeys({ Escape: () => done("back") });
}
