// A mock interview that was left before its end: offered at the top of the page, to go on or to end it there.

import { api } from "../api.js";
import { dayWords, timeOfDay } from "../format/time.js";
import { listUnfinished } from "../recording/unfinished.js";
import { html } from "../templating.js";
import { firstStep } from "./progress.js";

/** Milliseconds after which an interview is over, even where nobody ended it. */
const OVER_AFTER = 12 * 3600 * 1000;

/** The latest interview that can be taken up again; null where there is none, or it cannot be had. */
export async function unfinishedInterview() {
  try {
    const [first] = (await api.interviews(1)).items;
    const latest = first && withoutEmptyAnswers(first);
    const open = latest && !latest.ended_at && Date.now() - Date.parse(latest.created_at) < OVER_AFTER;
    return open && firstStep(latest) < latest.steps.length ? latest : null;
  } catch {
    return null;
  }
}

/**
 * The interview with the answers that broke off. They count as given, so that no question is asked twice, and are
 * finished meanwhile. One that cannot be sent now stays among the unfinished recordings.
 * @param {any} interview
 */
export async function withWhatBrokeOff(interview) {
  const broken = (await listUnfinished()).filter((each) => each.interview === interview.id);
  for (const recording of broken) {
    recording.finish().catch(() => {
      // It is offered again.
    });
  }
  return { ...interview, answers: [...interview.answers, ...broken.map(({ part, questionId }) => ({ part, question_id: questionId }))] };
}

/** An answer whose page died before its first second has nothing of the person's in it: its question is asked again. */
const withoutEmptyAnswers = (interview) => ({ ...interview, answers: interview.answers.filter(({ chunks }) => chunks > 0) });

/**
 * @param {object} interview
 * @param {{goOn: () => void, end: () => void}} actions
 */
export function unfinishedInterviewNotice(interview, { goOn, end }) {
  const questions = interview.steps.filter(({ kind }) => kind === "question");
  const asked = interview.steps.slice(0, firstStep(interview) + 1).filter(({ kind }) => kind === "question").length;
  return html`<section class="unfinished" aria-labelledby="interview-unfinished-title">
    <h2 id="interview-unfinished-title">Your interview is not finished.</h2>
    <p class="quiet">
      ${interview.format.name}, ${dayWords(interview.created_at)} at ${timeOfDay(interview.created_at)}. You were at question ${Math.max(1, asked)} of
      ${questions.length}. Your answers are safe.
    </p>
    <div class="buttons">
      <button class="button button-main" type="button" @click=${goOn}>Go on with it</button>
      <button class="button" type="button" @click=${end}>End it, and see its report</button>
    </div>
  </section>`;
}
