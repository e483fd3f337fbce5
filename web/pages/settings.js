// Settings: how one speaks, where things are, what is allowed, what this is made of, and the way out with everything.

import { html, render, nothing } from "../templating.js";
import { addresses, api } from "../api.js";
import { confirm } from "../components/dialog.js";
import { problemNotice } from "../components/problem.js";
import { HowYouSpeak } from "../settings/how-you-speak.js";
import { lengthWords } from "../format/time.js";
import { countWords, sizeWords } from "../format/sizes.js";

/** What the page itself is built on. The service's own packages come with their licences. */
const VENDORED = [
  { name: "lit-html", version: "3.3.3", licence: "BSD 3-Clause", text: "/static/vendor/lit-html-3.3.3/LICENSE.txt" },
];

export function openSettings(room) {
  let about = null;
  let answers = null;
  let problem = null;
  let deleted = false;
  let speaking = new HowYouSpeak();

  const deleteEverything = async () => {
    const yes = await confirm({
      title: "Delete everything?",
      text: `${whatGoes(answers)} An export made before can be kept.`,
      yes: "Delete everything",
      no: "Keep everything",
      typed: "delete",
    });
    if (!yes) {
      return;
    }
    try {
      await api.deleteEverything();
      deleted = true;
      answers = 0;
      speaking = new HowYouSpeak();
    } catch (error) {
      problem = error;
    }
    draw();
  };

  const draw = () =>
    render(
      html`
        <div class="place-head"><h1>Settings</h1></div>
        ${problem ? problemNotice(problem) : nothing}
        <div class="settings">
          ${speaking.element} ${keeping(about, answers)} ${limits(about)}
          <section aria-labelledby="everything-title">
            <h2 id="everything-title">Take everything, or delete it</h2>
            <div class="settings-body">
              <p>
                The export is one zip file: recordings, transcripts and reports as they are, with your notes, tags,
                corrections and settings.
              </p>
              <div class="buttons">
                <a class="button" href=${addresses.export} download>Export everything</a>
                <button class="button" type="button" ?disabled=${answers === null} @click=${deleteEverything}>Delete everything…</button>
              </div>
              <p role="status">${deleted ? "Everything is deleted. Nothing of it is left on this machine." : nothing}</p>
            </div>
          </section>
          ${madeOf(about)}
        </div>
      `,
      room,
    );

  draw();
  Promise.all([api.about(), api.answers({ limit: 1 })]).then(
    ([machine, list]) => {
      about = machine;
      answers = list.total;
      draw();
    },
    (error) => {
      problem = error;
      draw();
    },
  );
}

function whatGoes(answers) {
  const rest = "all that you wrote or set";
  return answers > 0
    ? `${countWords(answers, "answer")} with recordings, transcripts and reports, and ${rest}, go for good.`
    : `${rest[0].toUpperCase()}${rest.slice(1)} goes for good.`;
}

const waiting = () => html`<span class="bone settings-bone" aria-hidden="true"></span>`;

function row(name, value) {
  return html`<div><dt>${name}</dt><dd>${value ?? waiting()}</dd></div>`;
}

function keeping(about, answers) {
  return html`<section aria-labelledby="keeping-title">
    <h2 id="keeping-title">Where your recordings are</h2>
    <div class="settings-body">
      <p>On this machine, in the folder below, and nowhere else. Greenroom sends nothing out.</p>
      <dl class="settings-facts">
        ${row("Folder", about && html`<code>${about.data_folder}</code>`)}
        ${row("Kept now", answers === null ? null : countWords(answers, "answer"))}
      </dl>
    </div>
  </section>`;
}

function limits(about) {
  return html`<section aria-labelledby="limits-title">
    <h2 id="limits-title">What can be handed in</h2>
    <div class="settings-body">
      <dl class="settings-facts">
        ${row("Largest file", about && sizeWords(about.limits.maximum_bytes))}
        ${row("Longest recording", about && lengthWords(about.limits.maximum_duration))}
      </dl>
      <p class="quiet small">Both are settings of the service; its README says how to change them.</p>
    </div>
  </section>`;
}

function madeOf(about) {
  const model = about && (typeof about.model === "string" ? about.model : about.model?.name);
  return html`<section aria-labelledby="made-title">
    <h2 id="made-title">What this is</h2>
    <div class="settings-body">
      <dl class="settings-facts">
        ${row("Greenroom", about?.version)} ${row("Analysis", about?.analysis_version)}
        ${row("Recogniser", about && html`Whisper, model ${model}`)}
        ${VENDORED.map(({ name, version, licence, text }) => row(name, html`${version}, <a href=${text}>${licence}</a>`))}
      </dl>
      <p class="quiet small">
        Greenroom describes how an answer sounds. It does not judge accents, and it does not predict what an interviewer
        will decide.
      </p>
    </div>
  </section>`;
}
