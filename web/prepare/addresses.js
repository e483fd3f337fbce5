// Where the pages of interviews are. Pure.

/** @param {{id: string}} interview */
export const interviewAddress = ({ id }) => `/prepare/interviews/${encodeURIComponent(id)}`;

export const NEW_INTERVIEW = "/prepare/interviews/new";

/** @param {string} id of an interview */
export const sheetAddress = (id) => `/prepare/interviews/${encodeURIComponent(id)}/sheet`;

/** Where questions are chosen for an interview. @param {string} id */
export const questionsAddress = (id) => `/prepare/questions-to-ask?interview=${encodeURIComponent(id)}`;

/** Where a question is practised, for one interview or for none. @param {string} question @param {string|null} interview */
export const practiseAddress = (question, interview = null) =>
  `/?${new URLSearchParams({ question, ...(interview ? { programme: interview } : {}) })}`;

/** The question of the bank that asks why somebody wants to come. @param {{applying_to: string}} interview */
export const whyHere = ({ applying_to: applyingTo }) => (applyingTo === "medical_school" ? "why-this-school" : "why-this-programme");
