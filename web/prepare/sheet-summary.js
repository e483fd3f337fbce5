// What an interview's page says of its programme sheet, and the way there.

import { addresses } from "../api.js";
import { countWords } from "../format/time.js";
import { html } from "../templating.js";
import { practiseAddress, questionsAddress, sheetAddress, whyHere } from "./addresses.js";

/** @param {any} interview */
export function sheetSummary(interview) {
  const { id, specifics_count: specifics, questions_to_ask_count: questions } = interview;
  return html`<section class="sheet-summary" aria-labelledby="sheet-title">
    <h2 id="sheet-title" class="section-title">What to say</h2>
    <dl class="sheet-counts">
      <div>
        <dt><a href=${sheetAddress(id)} data-page>Programme sheet</a></dt>
        <dd>${specifics === 0 ? "Nothing special about this place is written down yet." : `${countWords(specifics, "thing")} that ${specifics === 1 ? "is" : "are"} special here`}</dd>
      </div>
      <div>
        <dt><a href=${questionsAddress(id)} data-page>Questions to ask</a></dt>
        <dd>${questions === 0 ? "No question is chosen yet." : `${countWords(questions, "question")} chosen`}</dd>
      </div>
    </dl>
    <div class="buttons">
      <a class="button" href=${practiseAddress(whyHere(interview), id)} data-page>Practise ‘Why here?’</a>
      <a class="button" href=${addresses.sheetPage(id)} target="_blank" rel="noopener">Print the sheet</a>
    </div>
  </section>`;
}
