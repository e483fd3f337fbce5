// Right after a take or an interview, before any number: how it felt, and what becomes of it. The report is finished
// meanwhile. Of an interview, how each answer felt is asked once, at its end.

import { api } from "../api.js";
import { confirm } from "../components/dialog.js";
import { binIcon } from "../components/icons.js";
import { announce, inNewTab } from "../components/notices.js";
import { REFLECTION } from "../format/practice.js";
import { recordingErrorWords } from "../format/errors.js";
import { html, nothing, render } from "../templating.js";

/**
 * Step. Outcome: "report" | "again" | "discarded".
 * @param {HTMLElement} container
 * @param {{take: object, retake: boolean, reflection: import("./after-take.js").ReflectionKeeper,
 *   asked: {question: string, reflection: import("./after-take.js").ReflectionKeeper}[], over?: string}} context
 *   `reflection` belongs to this take; `asked`: answers of which it is asked how they felt; `over`: what to say at the end
 *   of an interview
 */
export function afterwardsStep(container, { take, retake, reflection, asked, over = "" }, done) {
  /** Whether the service has all of it. */
  let whole = false;
  /** @type {unknown} */
  let problem = null;
  /** Whether the report was asked for while the last of the recording was still going out. */
  let wanted = false;

  const follow = (sending) =>
    sending.then(
      (answer) => {
        whole = true;
        problem = null;
        reflection.to(answer.id);
        if (wanted) {
          done("report");
        }
        draw();
      },
      (error) => {
        problem = error;
        wanted = false;
        draw();
      },
    );

  const report = () => {
    wanted = true;
    if (whole) {
      done("report");
    }
    draw();
  };

  const retry = () => {
    problem = null;
    follow(take.retry());
    draw();
  };

  const discard = async () => {
    const yes = await confirm({
      title: "Discard this take?",
      text: "Its recording will be deleted, and there will be no report. This cannot be undone.",
      yes: "Discard it",
    });
    if (!yes) {
      return;
    }
    try {
      await take.discard();
      announce("Discarded.");
      done("discarded");
    } catch (error) {
      problem = error;
      draw();
    }
  };

  const draw = () => {
    // Deleted in another window, or stopped before its first sound.
    const gone = take.state === "discarded";
    render(
      html`<section class="afterwards">
        <div class="page-head">
          <h1 tabindex="-1">${heading(take, gone && !over, over)}</h1>
          ${gone || asked.length === 0 ? nothing : html`<p class="lead">Before you see any number: how was it for you? You can leave it open.</p>`}
        </div>
        ${sendingNotice(take, problem, retry)}
        ${gone ? nothing : asked.map((entry, index) => reflectionFields(entry, index, asked.length > 1))}
        ${gone && !over ? nothingKept(done) : decision(wanted && !problem, retake, report, over ? null : discard, done)}
      </section>`,
      container,
    );
  };

  take.addEventListener("change", draw);
  draw();
  follow(take.stop());
  return () => {
    take.removeEventListener("change", draw);
  };
}

function heading(take, gone, over) {
  if (gone) {
    return "Nothing is recorded.";
  }
  if (take.endedEarly) {
    return "The recording stopped early.";
  }
  return over || "Your answer is recorded.";
}

/** How one answer felt; of several, each under its question. */
export function reflectionFields({ question, reflection }, index, several) {
  return html`<div class=${several ? "reflection reflection-several" : "reflection"} role="group" aria-label=${several ? question : nothing}>
    ${several ? html`<h2 class="reflection-question">${question}</h2>` : nothing}
    ${REFLECTION.map(
      ({ name, question: words, answers }) => html`<fieldset>
        <legend>${words}</legend>
        <div class="choices">
          ${answers.map(
            ({ value, words: answer }) => html`<label class="choice">
              <input type="radio" name=${`${name}-${index}`} value=${value} .checked=${reflection.of(name) === value} @change=${() => reflection.set(name, value)} />
              <span>${answer}</span>
            </label>`,
          )}
        </div>
      </fieldset>`,
    )}
  </div>`;
}

function decision(waiting, retake, report, discard, done) {
  return html`<div class="buttons afterwards-buttons">
    <button class="button button-main button-large" type="button" aria-disabled=${String(waiting)} @click=${report}>
      ${waiting ? "Sending the last part…" : "See the report"}
    </button>
    ${retake ? html`<button class="button button-large" type="button" @click=${() => done("again")}>Keep it and record again</button>` : nothing}
    ${discard ? html`<button class="button button-plain button-delete" type="button" @click=${discard}>${binIcon()} Discard this take</button>` : nothing}
  </div>`;
}

function nothingKept(done) {
  return html`<div class="buttons afterwards-buttons">
    <button class="button button-main button-large" type="button" @click=${() => done("again")}>Record it again</button>
    <button class="button button-large" type="button" @click=${() => done("discarded")}>Back to the question</button>
  </div>`;
}

/** What is not yet safe with the service, or why it ended, said plainly; nothing where all is well. */
function sendingNotice(take, problem, retry) {
  const error = problem ?? take.error;
  if (!error) {
    return nothing;
  }
  const { title, text, link } = recordingErrorWords(error);
  return html`<div class="notice" role="alert">
    <p><strong>${title}</strong> ${text} ${inNewTab(link)}</p>
    ${problem && take.state === "stopping" ? html`<button class="button" type="button" @click=${retry}>Send it again</button>` : nothing}
  </div>`;
}

// What a person thought of a take, kept until the service has an answer to put it with.

export class ReflectionKeeper {
  #values = { length: null, fillers: null };
  /** @type {any} */
  #answer = null;
  #saving = Promise.resolve();

  of(name) {
    return this.#values[name];
  }

  set(name, value) {
    this.#values[name] = value;
    this.#save();
  }

  /** The answer it belongs to, once there is one. */
  to(answerId) {
    this.#answer = answerId;
    if (Object.values(this.#values).some((value) => value !== null)) {
      this.#save();
    }
  }

  /** Resolves when what was said so far is with the service, or could not be. */
  get saved() {
    return this.#saving;
  }

  #save() {
    if (this.#answer) {
      const reflection = { ...this.#values };
      // One after the other, so that what was chosen last stays.
      this.#saving = this.#saving
        .then(() => api.change(this.#answer, { reflection }))
        .catch(() => {
          // Two words about a take are not worth a warning between a person and their report.
        });
    }
  }
}
