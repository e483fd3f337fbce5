// Before an interview that a person leads: their window is opened, on this machine.

import { announce } from "../components/notices.js";
import { onKeys } from "../practice/stage.js";
import { html, render } from "../templating.js";

/** The address of the interviewer's window. */
export const interviewerAddress = (interview) => `/interviews/${encodeURIComponent(interview.id)}/interviewer`;

/**
 * Step. Outcome: "on", or "end" to leave.
 * @param {HTMLElement} container
 * @param {{interview: object}} context
 */
export function openWindowStep(container, { interview }, done) {
  const address = new URL(interviewerAddress(interview), location.href).href;
  let opened = false;

  const open = () => {
    // Under one name: pressed again, the window that is there comes to the front.
    window.open(address, `greenroom-${interview.id}`, "popup,width=1100,height=860");
    opened = true;
    draw();
  };

  const copy = async () => {
    const copied = await navigator.clipboard.writeText(address).then(
      () => true,
      () => false,
    );
    announce(copied ? "Copied." : "Please copy it by hand.");
  };

  const draw = () =>
    render(
      html`<section class="open-window">
        <h1 tabindex="-1">Open the interviewer’s window.</h1>
        <p class="lead">Your friend or mentor leads the interview from a second window. It must be on this machine, for example on a second screen.</p>
        <div class="buttons">
          <button class=${opened ? "button button-large" : "button button-main button-large"} type="button" @click=${open}>Open the window <kbd>O</kbd></button>
          <button class=${opened ? "button button-main button-large" : "button button-large"} type="button" @click=${() => done("on")}>Begin the interview <kbd>Enter</kbd></button>
          <button class="button button-plain" type="button" @click=${() => done("end")}>Back</button>
        </div>
        <label class="field">
          <span class="field-label">Or open this address in another browser here</span>
          <span class="open-window-address">
            <input type="text" readonly .value=${address} @focus=${(event) => event.target.select()} />
            <button class="button" type="button" @click=${copy}>Copy</button>
          </span>
        </label>
      </section>`,
      container,
    );

  draw();
  return onKeys({ o: open, Enter: () => done("on"), Escape: () => done("end") });
}
