// The browsers in which a person is signed in, each of which can be signed out from here.

import { dayWords, timeOfDay } from "../format/time.js";
import { html, nothing } from "../templating.js";

/**
 * @param {any[]|null} sessions
 * @param {(session: any) => void} end
 */
export function signInSessions(sessions, end) {
  return html`<section aria-labelledby="sessions-title">
    <h2 id="sessions-title">Where you are signed in</h2>
    <div class="settings-body">
      <ul class="account-sessions">
        ${(sessions ?? []).map(
          (session) =>
            html`<li>
              <div>
                <strong>${session.browser}</strong>
                <p class="quiet small">
                  ${session.current ? "This browser" : `Last used ${dayWords(session.last_used_at)}, ${timeOfDay(session.last_used_at)}`}
                </p>
              </div>
              ${session.current
                ? nothing
                : html`<button class="button" type="button" aria-label=${`Sign out ${session.browser}`} @click=${() => end(session)}>Sign out</button>`}
            </li>`,
        )}
      </ul>
    </div>
  </section>`;
}
