// How wrong a measure was on labelled speech: what an open row shows under 'Known error'.

import { html, nothing } from "../templating.js";
import { dateWords } from "../format/time.js";

/**
 * @param {object} definition with its `published` errors, or null where no labels tell the true value
 * @param {object} report whose build may be another than the one that was measured
 */
export function knownError(definition, report) {
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
