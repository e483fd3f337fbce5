// Comments as marks: in their order, numbered, on the timeline and in the transcript. Pure.

import { clock, countWords } from "../format/time.js";
import { figureLabel } from "./figures.js";

/**
 * Comments by their moment, each with the number that it has everywhere on the page.
 * @param {any[]} comments of the service
 */
export const numbered = (comments) =>
  [...comments].sort((one, other) => one.at - other.at).map((comment, index) => ({ ...comment, number: index + 1 }));

/** What it says, in one line; of one that was only spoken, that it was. */
export const commentWords = ({ text, voice }) => text || (voice ? "A spoken comment" : "");

/**
 * What the timeline shows of them; null where there are none.
 * @param {any[]} comments numbered
 */
export function commentsForTimeline(comments) {
  if (comments.length === 0) {
    return null;
  }
  const marks = comments.map((comment) => {
    const what = commentWords(comment);
    return {
      key: `comment-${comment.id}`,
      lane: "comments",
      start: comment.at,
      end: comment.end ?? comment.at,
      shape: "bubble",
      clock: clock(comment.at),
      what,
      detail: [comment.author, comment.figure_words ?? figureLabel(comment.figure)].filter(Boolean).join(", "),
      length: "",
      text: `Comment ${comment.number} at ${clock(comment.at)}: ${what}`,
    };
  });
  return {
    label: "Comments",
    marks,
    legend: [{ shape: "bubble", source: null, text: "Comment", count: marks.length }],
    summary: `${countWords(marks.length, "comment")}.`,
  };
}

/**
 * What the transcript shows of them: a number after the word that was being said.
 * @param {any[]} comments numbered
 */
export const commentsForTranscript = (comments) =>
  comments.map(({ id, at, number, ...comment }) => ({ id, at, number, label: `Comment ${number}: ${commentWords(comment)}` }));
