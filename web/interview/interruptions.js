// What comes between on purpose: the person is asked to say their answer again, or the connection drops.

import { LEFT } from "../practice/round-microphone.js";
import { connectionDropStep } from "./connection-drop.js";

/** What an apology is recorded under. */
const APOLOGY = "Your short apology after the connection dropped";

/**
 * 'Could you repeat that?': the same answer once more. The two tellings are compared in the report.
 * @param {import("./run.js").InterviewRun} run
 * @param {any} step that was answered
 * @param {import("../recording/take.js").Take} take the first telling
 */
export async function askAgain(run, step, take) {
  if ((await run.ask(run.line("repeat-request", step), { onward: "Say it again", smaller: step.text })) === "end") {
    return "end";
  }
  const details = { part: "repeat", question: step.text, follow_up_of: take.state === "discarded" ? null : take.id };
  if (step.question_id) {
    details.question_id = step.question_id;
  }
  if ((await run.record(step, details)) === LEFT) {
    return LEFT;
  }
  await run.thank(run.line("thank-you", step));
  return "on";
}

/**
 * In the middle of the question everything freezes; then the short apology. The question is asked again after this.
 * @param {import("./run.js").InterviewRun} run
 * @param {any} step that was to be asked
 */
export async function dropConnection(run, step) {
  run.voice.say(step);
  const context = { step, voice: run.voice, contact: run.how.contact, place: run.progress.place() };
  if ((await run.stage.show(connectionDropStep, context, { quiet: true })) === "end") {
    return "end";
  }
  if ((await run.ask(run.line("connection-back", step), { onward: "Say your short apology" })) === "end") {
    return "end";
  }
  const apology = {
    ...step,
    // It is only shown.
    line: undefined,
    text: "Say a short sorry and thank you, then go on. Under 15 seconds is enough.",
    aim: run.interview.aims.apology,
    answer: run.interview.longest_apology,
  };
  if ((await run.record(apology, { part: "apology", question: APOLOGY })) === LEFT) {
    return "end";
  }
  return run.ask(run.line("connection-thanks", step), { onward: "Continue" });
}
