// Formats of an interview, their times, and what a person is asked after a take, in words. Pure.

import { aimWords, lengthWords } from "./time.js";

/** What an extension is called where one chooses it. */
export function extensionWords(extension) {
  if (extension === null) {
    return "No time limits";
  }
  return extension === 1 ? "As given" : `${extension} times as long`;
}

/**
 * What will happen with the time, said before it does.
 * @param {object} format of the service
 * @param {{preparation: number|null, answer: number|null}} times as they will be given
 * @param {{low: number, high: number}|null} aim of one answer
 * @returns {string[]} short parts of one line
 */
export function arrangementWords(format, { preparation, answer }, aim) {
  const parts = [];
  if (preparation !== null) {
    parts.push(`${lengthWords(preparation)} ${format.preparation_kind === "read" ? "to read and think" : "to prepare"}`);
  }
  parts.push(answer === null ? "You stop when you are done" : `Stops by itself at ${lengthWords(answer)}`);
  if (aim) {
    parts.push(`Aim: ${aimWords(aim)}`);
  }
  if (!format.retake) {
    parts.push("One take only");
  }
  return parts;
}

/** 'Mock interview, 22 November 2026, 14:20:05': a name that no earlier interview has. */
export function interviewName(format, now = new Date()) {
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" }).format(now);
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(now);
  return `${format.name}, ${day}, ${time}`;
}

/**
 * 'Question 2 of 5, 6 min so far, up to 11 min left'
 * @param {number} number of the question, from 0; as many as there are after the last one
 * @param {number} questions in all
 * @param {number|null} left seconds at most; null without limits
 * @param {number} passed seconds
 */
export function interviewPlace(number, questions, left, passed) {
  const parts = [number < questions ? `Question ${number + 1} of ${questions}` : "The end"];
  if (passed >= 60) {
    parts.push(`${lengthWords(Math.floor(passed / 60) * 60)} so far`);
  }
  if (left) {
    parts.push(`up to ${lengthWords(Math.ceil(left / 60) * 60)} left`);
  }
  return parts.join(", ");
}

/** '15–20 min', 'about 20 min' @param {[number, number]} usual seconds */
export function usualTimeWords([least, most]) {
  const [low, high] = [Math.round(least / 60), Math.round(most / 60)];
  return low === high ? `about ${low} min` : `${low}–${high} min`;
}

const UNHEARD = {
  no_voice: "This browser cannot say this question. Please read it.",
  not_allowed: "Your browser did not play the sound. Press the button to hear the question.",
};

/** Why a question could not be heard; empty where it was. @param {string|null|undefined} code of `InterviewerVoice.say` */
export const unheardWords = (code) => UNHEARD[code ?? ""] ?? "";

export const REFLECTION = [
  {
    name: "length",
    question: "How long did that feel?",
    answers: [
      { value: "too_short", words: "Too short" },
      { value: "about_right", words: "About right" },
      { value: "too_long", words: "Too long" },
    ],
  },
  {
    name: "fillers",
    question: "Did you say ‘um’ or ‘like’?",
    answers: [
      { value: "hardly", words: "Hardly" },
      { value: "sometimes", words: "Sometimes" },
      { value: "often", words: "Often" },
    ],
  },
];

/** 'About right'; empty where the question was left open. */
export function reflectionWords(name, reflection) {
  const question = REFLECTION.find((one) => one.name === name);
  return question?.answers.find(({ value }) => value === reflection?.[name])?.words ?? "";
}
