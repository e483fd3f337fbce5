// An invitation: the person chooses a name and a password, and is signed in.

import { enter } from "../account/entering.js";
import { field, form, ownZone, passwordHint, zoneList } from "../account/fields.js";
import { linkProblem } from "../account/link-problem.js";
import { accounts } from "../account/requests.js";
import { problemNotice } from "../components/notices.js";
import { html, nothing, render } from "../templating.js";

const ROLE_WORDS = {
  applicant: "You can practise interviews here, and submit answers to your adviser.",
  adviser: "You can review what applicants submit to you, and practise yourself.",
  administrator: "You look after the accounts of your office. You see no recordings.",
};

/**
 * @param {HTMLElement} container
 * @param {string} token
 */
export function openInvitation(container, token) {
  /** @type {any} */
  let invitation = null;
  /** @type {unknown} */
  let problem = null;
  let busy = false;
  let closed = false;

  const send = async (values) => {
    busy = true;
    problem = null;
    draw();
    try {
      const body = { name: values.name, password: values.password, time_zone: values.zone || null };
      await enter(await accounts.acceptInvitation(token, body), null);
    } catch (error) {
      problem = error;
      busy = false;
      draw();
    }
  };

  const fields = () => html`
    ${field({ name: "email", label: "E-mail address", type: "email", value: invitation.email, complete: "username", readonly: true })}
    ${field({ name: "name", label: "Your name", value: invitation.name, complete: "name", hint: "Your advisers see it." })}
    ${field({
      name: "password",
      label: "Password",
      type: "password",
      complete: "new-password",
      shortest: invitation.shortest_password,
      hint: passwordHint(invitation.shortest_password),
    })}
    ${field({ name: "zone", label: "Time zone", value: ownZone(), list: "account-zones", optional: true, hint: "Due dates are shown in it." })}
    ${zoneList()}
  `;

  const draw = () => {
    if (!closed) {
      render(
        html`<div class="account-page">
          <h1>Make your account</h1>
          ${invitation
            ? html`<p>${ROLE_WORDS[invitation.role]}</p>
                ${form({ fields: fields(), button: "Make the account", busy, problem, send })}
                <p class="quiet small">
                  Your recordings stay on the machines of your office. Only you see them, until you submit one to an adviser.
                </p>`
            : problem
              ? problemNotice(problem)
              : nothing}
        </div>`,
        container,
      );
    }
  };

  draw();
  accounts.invitation(token).then(
    (found) => {
      invitation = found;
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
