// A new password, by a link that the office has made. The second step stays, and is asked for.

import { field, form, passwordHint } from "../account/fields.js";
import { linkProblem } from "../account/link-problem.js";
import { accounts } from "../account/requests.js";
import { problemNotice } from "../components/notices.js";
import { html, nothing, render } from "../templating.js";

/**
 * @param {HTMLElement} container
 * @param {string} token
 */
export function openReset(container, token) {
  /** @type {any} */
  let reset = null;
  /** @type {unknown} */
  let problem = null;
  let busy = false;
  let done = false;
  let closed = false;

  const send = async ({ password, code }) => {
    busy = true;
    problem = null;
    draw();
    try {
      await accounts.setPassword(token, reset.second_factor ? { password, code } : { password });
      done = true;
    } catch (error) {
      problem = linkProblem(error);
    }
    busy = false;
    draw();
  };

  const fields = () => html`
    ${field({ name: "email", label: "E-mail address", type: "email", value: reset.email, complete: "username", readonly: true })}
    ${field({
      name: "password",
      label: "New password",
      type: "password",
      complete: "new-password",
      shortest: reset.shortest_password,
      hint: passwordHint(reset.shortest_password),
    })}
    ${reset.second_factor
      ? field({
          name: "code",
          label: "Code",
          complete: "one-time-code",
          hint: "Your authenticator app shows it. A recovery code works too.",
        })
      : nothing}
  `;

  const content = () => {
    if (done) {
      return html`<p role="status">Your new password is set. You are signed out everywhere.</p>
        <div class="buttons"><a class="button button-main" href="/sign-in" data-page>Sign in</a></div>`;
    }
    if (!reset) {
      return problem ? problemNotice(problem) : nothing;
    }
    return form({ fields: fields(), button: "Set the password", busy, problem, send });
  };

  const draw = () => {
    if (!closed) {
      render(html`<div class="account-page"><h1>Set a new password</h1>${content()}</div>`, container);
    }
  };

  draw();
  accounts.reset(token).then(
    (found) => {
      reset = found;
      draw();
    },
    (error) => {
      problem = linkProblem(error);
      draw();
    },
  );
  return () => {
    closed = true;
  };
}
