// The measures as rows; a row opens to what it means, how sure it is, and where it came from.

import { momentButton } from "../components/icons.js";
import { fillerWords, pauseWords } from "../format/marks.js";
import { figureWords, guideWords, reasonWords, stateWords, usualWords } from "../format/measures.js";
import { countWords, dateWords } from "../format/time.js";
import { html, nothing } from "../templating.js";
import { shownFillers } from "./timeline/marks.js";

/** Which rows stand together. A measure that is in none comes last, under the last title. */
const GROUPS = [
  { title: "Length and pace", names: ["answer_length", "response_latency", "longest_unbroken_stretch", "spoken_words", "speaking_rate", "articulation_rate", "mean_length_of_run"] },
  { title: "Pauses", names: ["pause_count", "pause_rate", "long_pause_count", "pause_median", "pause_longest", "speaking_share"] },
  { title: "Fillers", names: ["filled_pause_count", "filled_pause_rate", "discourse_marker_count", "filler_rate", "filler_rate_per_100_words"] },
  { title: "Words and voice", names: ["words_per_sentence", "repeat_count", "pitch_spread", "pitch_range"] },
  { title: "The recording", names: [] },
];

/** Seconds from which a pause is a long one. */
const LONG_PAUSE = 1;
/** Moments shown at once in an open row. */
const MOMENTS_SHOWN = 24;

/** The moments a measure came from, with words for each. */
function momentsOf(name, report) {
  const fillers = (kinds) =>
    shownFillers(report)
      .filter(({ kind }) => kinds.includes(kind))
      .map((filler) => ({ start: filler.start, words: fillerWords(filler) }));
  const pauses = report.pauses.map((pause) => ({ ...pause, words: pauseWords(pause) }));
  if (name === "pause_longest") {
    const longest = pauses.reduce((most, pause) => (!most || pause.end - pause.start > most.end - most.start ? pause : most), null);
    return longest ? [longest] : [];
  }
  if (name === "long_pause_count") {
    return pauses.filter(({ start, end }) => end - start >= LONG_PAUSE);
  }
  if (name === "pause_count" || name === "pause_rate") {
    return pauses;
  }
  if (name.startsWith("filled_pause")) {
    return fillers(["filled_pause"]);
  }
  if (name === "discourse_marker_count") {
    return fillers(["discourse_marker"]);
  }
  return name.startsWith("filler_rate") ? fillers(["filled_pause", "discourse_marker"]) : [];
}

function grouped(measures) {
  const named = new Set(GROUPS.flatMap(({ names }) => names));
  return GROUPS.map(({ title, names }, index) => {
    const last = index === GROUPS.length - 1;
    const present = names.filter((name) => name in measures);
    return { title, names: last ? [...present, ...Object.keys(measures).filter((name) => !named.has(name))] : present };
  }).filter(({ names }) => names.length > 0);
}

/**
 * @param {object} report
 * @param {Map<string, object>} definitions by name; may be empty while they load
 * @param {{takes: number, measures: Object<string, object>}|null} usual the person's own ranges, where there are any
 * @param {(start: number) => void} play
 */
export function measureList(report, definitions, usual, play) {
  // Without speech nearly every row would say the same: they stand behind one line.
  const [shown, withheld] = report.spoken_span ? [report.measures, {}] : parted(report.measures);
  const ranges = usual?.measures ?? {};
  const context = { report, definitions, ranges, hasUsual: Object.keys(shown).some((name) => ranges[name]), play };
  return html`<section class=${context.hasUsual ? "measures measures-with-usual" : "measures"} aria-labelledby="measures-title">
    <h2 id="measures-title" class="section-title">What was measured</h2>
    ${measureGroups(shown, context)}
    ${Object.keys(withheld).length > 0
      ? html`<details class="withheld">
          <summary>${countWords(Object.keys(withheld).length, "measure")} that cannot be taken without speech</summary>
          ${measureGroups(withheld, context)}
        </details>`
      : nothing}
  </section>`;
}

/** Those with a value, and those without. */
function parted(measures) {
  const those = (wanted) => Object.fromEntries(Object.entries(measures).filter(([, { value }]) => (value !== null) === wanted));
  return [those(true), those(false)];
}

function measureGroups(measures, context) {
  return html`
    ${grouped(measures).map(
      ({ title, names }, index) => html`<div class="measure-group">
        <div class="measure-columns">
          <h3>${title}</h3>
          ${index === 0 ? html`${context.hasUsual ? html`<span aria-hidden="true">Your usual</span>` : nothing}<span aria-hidden="true">Guide</span><span aria-hidden="true">How sure</span>` : nothing}
        </div>
        ${names.map((name) => measureRow(name, context))}
      </div>`,
    )}
  `;
}

function measureRow(name, { report, definitions, ranges, hasUsual, play }) {
  const definition = definitions.get(name);
  const usual = usualWords(ranges[name], report.measures[name].unit);
  const measure = report.measures[name];
  const figure = figureWords(measure);
  const guide = guideWords(measure);
  const reason = reasonWords(measure);
  const label = definition?.label ?? name.replaceAll("_", " ");
  return html`<details class="measure" data-measure=${name}>
    <summary>
      <span class="measure-name">${label}</span>
      <span class="measure-figure">
        ${figure.value
          ? html`<strong>${figure.value}</strong>${figure.interval ? html` <span class="quiet">(${figure.interval})</span>` : nothing}`
          : html`<span class="quiet">${reason ? `Not measurable: ${reason}` : "Not measurable"}</span>`}
      </span>
      ${hasUsual ? html`<span class="measure-usual quiet">${usual ? html`<span class="measure-tag">Your usual </span>${usual}` : nothing}</span>` : nothing}
      <span class="measure-guide quiet">${guide ? html`<span class="measure-tag">Guide </span>${guide}` : nothing}</span>
      <span class="measure-state quiet">${figure.value ? stateMark(measure) : nothing}</span>
    </summary>
    <div class="measure-more">
      ${figure.interval
        ? html`<p>We are 95 % sure that the true figure for this recording lies within ${figure.interval}.</p>`
        : nothing}
      ${reason && figure.value ? html`<p>Less sure, because ${reason}.</p>` : nothing}
      ${definition
        ? html`<dl>
            <div><dt>What it is</dt><dd>${definition.definition}</dd></div>
            <div><dt>How it is measured</dt><dd>${definition.method}</dd></div>
            <div><dt>Known error</dt><dd>${knownError(definition, report)}</dd></div>
            ${usual ? html`<div><dt>Your usual</dt><dd>${usual}: so it was in the middle half of ${countWords(ranges[name].takes, "other take")} of yours.</dd></div>` : nothing}
            ${measure.guide ? html`<div><dt>Guide</dt><dd>${guide}. ${measure.guide.source}</dd></div>` : nothing}
          </dl>`
        : nothing}
      ${moments(momentsOf(name, report), play)}
    </div>
  </details>`;
}

/** Full, half, or no bar before the word: sure, less sure. The word carries the meaning. */
function stateMark(measure) {
  return html`<span class=${`state-mark state-${measure.state}`} aria-hidden="true"></span>${stateWords(measure)}`;
}

function moments(found, play) {
  if (found.length === 0) {
    return nothing;
  }
  const rest = found.length - MOMENTS_SHOWN;
  return html`<div class="moments">
      ${found.slice(0, MOMENTS_SHOWN).map((moment) => momentButton(moment, play, moment.words))}
    </div>
    ${rest > 0 ? html`<p class="quiet small">and ${rest} more, on the timeline above.</p>` : nothing}`;
}

// How wrong a measure was on labelled speech: what an open row shows under 'Known error'.

/**
 * @param {object} definition with its `published` errors, or null where no labels tell the true value
 * @param {object} report whose build may be another than the one that was measured
 */
function knownError(definition, report) {
  const published = definition.published;
  return html`<p>${definition.known_error}</p>
    ${published
      ? html`<dl class="known-error">
            ${published.errors.map(
              ({ recordings, text }) => html`<div><dt>${recordings}</dt><dd>${text}</dd></div>`,
            )}
          </dl>
          <p class="quiet small">
            Measured on labelled speech on ${dateWords(published.on)}; in brackets how far off these figures themselves may
            be. ${otherBuild(published, report)}
          </p>`
      : nothing}`;
}

/** A sentence where the report was made by another build than the one that was measured. */
function otherBuild(published, { analysis_version: version, model }) {
  if (published.analysis_version === version && published.model_sha256 === model.sha256) {
    return nothing;
  }
  return `That was analysis ${published.analysis_version} with the model ${published.model}; this report is of
    analysis ${version} with ${model.name}, which may be more or less wrong.`;
}
