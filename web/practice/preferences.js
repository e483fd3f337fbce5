// How this person likes to practise, kept in this browser.

const KEY = "greenroom.practice";

const FIRST = {
  /** Id of the question that was looked at last. */
  question: null,
  /** Day on which it was chosen; from the next day on, the day's own question comes first. */
  chosenOn: "",
  format: "free",
  /** Times the format's time; null is without limits. */
  extension: 1,
  /** What is drawn from: "all", "favourites", "own", "kind:ID" or "set:ID". */
  source: "all",
  /** Number of questions of an interview; null is the format's own. */
  questions: null,
  /**
   * Whether questions are said aloud as their turn comes; null as long as the person has not chosen: then they are in an
   * interview, and not in practice of one question.
   */
  spoken: null,
  /** How fast: 1, or 0.9 for a little slower. */
  speed: 1,
  /** Kinds of question in an interview; none: the mix of its format. */
  mix: /** @type {string[]} */ ([]),
  /** Whether an interview has favourites or one's own questions: "all", "favourites" or "own". */
  interviewSource: "all",
  /** What may happen in an interview. */
  followUps: true,
  repeat: true,
  connectionDrop: false,
  personAsks: false,
  camera: false,
  breaths: false,
  /** Device id of the microphone; null is the one that the browser takes by itself. */
  microphone: null,
  /** Whether the microphone was checked once. */
  checked: false,
  ringHidden: false,
  /** Whether the plan for a difficult question stands with the notes during the take. */
  planShown: false,
  pictureHidden: false,
  /** Whether an interview was ahead the last time: then there is room for it before it is known again. */
  interviewAhead: false,
};

/** What was chosen before, with what one starts with for the rest. */
export function preferences() {
  try {
    return { ...FIRST, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    // Written by hand, or a browser that keeps nothing: start afresh.
    return { ...FIRST };
  }
}

/**
 * Whether questions are said aloud.
 * @param {{spoken: boolean|null}} chosen the preferences
 * @param {boolean} interview whether there are several questions in one go
 */
export const isSpoken = ({ spoken }, interview) => spoken ?? interview;

/** @param {Partial<typeof FIRST>} changes */
export function remember(changes) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...preferences(), ...changes }));
  } catch {
    // A browser that keeps nothing: it holds for this page only.
  }
}

const today = () => new Date().toDateString();

/** Keep a question that the person chose. @param {string|null} question its id */
export function rememberQuestion(question) {
  remember({ question: /** @type {any} */ (question), chosenOn: today() });
}

/** Whether the person chose a question today. */
export const choseToday = () => preferences().chosenOn === today();
