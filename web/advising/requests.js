// The calls between applicants and their advisers: what is submitted, reviewed, assigned, and said about an answer.

import { request } from "../api.js";

const path = (...parts) => `/api/${parts.map(encodeURIComponent).join("/")}`;

/** @typedef {"length"|"pace"|"pauses"|"fillers"} Figure */

export const advising = {
  // An applicant's own.
  /** Those of one's cohorts. */
  advisers: () => request("GET", "/api/advisers"),
  /** @param {string} answer @param {{advisers: string[], message?: string, until?: string|null, assignment?: string}} submission `until`: a day, as 2026-06-01 */
  submit: (answer, submission) => request("POST", path("answers", answer, "submissions"), { body: submission }),
  submissionsOf: (answer) => request("GET", path("answers", answer, "submissions")),
  submissions: () => request("GET", "/api/submissions"),
  takeBack: (submission) => request("DELETE", path("submissions", submission)),
  comments: (answer) => request("GET", path("answers", answer, "comments")),
  /** What the file for a mentor would be. @returns {Promise<{size: number, words: string}>} */
  share: (answer) => request("GET", path("answers", answer, "share")),
  /** @param {string} answer @param {Blob} file that a mentor saved @returns {Promise<{added: number, words: string}>} */
  importComments: (answer, file) => request("POST", path("answers", answer, "comments", "import"), { body: file }),
  reply: (comment, text) => request("POST", path("comments", comment, "replies"), { body: { text } }),
  setDone: (comment, done) => request(done ? "PUT" : "DELETE", path("comments", comment, "done")),
  assignments: () => request("GET", "/api/assignments"),
  assignment: (id) => request("GET", path("assignments", id)),

  // An adviser's.
  /** @param {"waiting"|"returned"} state */
  reviews: (state) => request("GET", `/api/reviews?state=${state}`),
  review: (id) => request("GET", path("reviews", id)),
  peaks: (id) => request("GET", path("reviews", id, "peaks")),
  /** @param {string} id @param {{id: string, at: number, text?: string, figure?: Figure|null}} comment `id` of 24 hexadecimal digits: sent twice it is one */
  addComment: (id, comment) => request("POST", path("reviews", id, "comments"), { body: comment }),
  changeComment: (id, comment, changes) => request("PATCH", path("reviews", id, "comments", comment), { body: changes }),
  removeComment: (id, comment) => request("DELETE", path("reviews", id, "comments", comment)),
  /** @param {Blob} voice */
  setVoice: (id, comment, voice) => request("PUT", path("reviews", id, "comments", comment, "voice"), { body: voice }),
  /** @param {string} id @param {{rubric: string|null, scores: Record<string, number>, note: string|null}} result */
  setRubric: (id, result) => request("PUT", path("reviews", id, "rubric"), { body: result }),
  giveBack: (id) => request("POST", path("reviews", id, "return")),
  reopen: (id) => request("POST", path("reviews", id, "reopen")),
  cannedComments: () => request("GET", "/api/canned-comments"),
  addCannedComment: (text) => request("POST", "/api/canned-comments", { body: { text } }),
  changeCannedComment: (id, text) => request("PATCH", path("canned-comments", id), { body: { text } }),
  removeCannedComment: (id) => request("DELETE", path("canned-comments", id)),
  rubrics: () => request("GET", "/api/rubrics"),
  addRubric: (rubric) => request("POST", "/api/rubrics", { body: rubric }),
  changeRubric: (id, changes) => request("PATCH", path("rubrics", id), { body: changes }),
  removeRubric: (id) => request("DELETE", path("rubrics", id)),

  cohorts: () => request("GET", "/api/cohorts"),
  addCohort: (name) => request("POST", "/api/cohorts", { body: { name } }),
  cohort: (id) => request("GET", path("cohorts", id)),
  changeCohort: (id, changes) => request("PATCH", path("cohorts", id), { body: changes }),
  deleteCohort: (id) => request("DELETE", path("cohorts", id)),
  /** @returns {Promise<{link: string, mailed: boolean}>} */
  invite: (cohort, invitation) => request("POST", path("cohorts", cohort, "invitations"), { body: invitation }),
  /** @param {string} id @param {string} email of somebody who has an account */
  addMember: (id, email) => request("POST", path("cohorts", id, "members"), { body: { email } }),
  removeMember: (cohort, person) => request("DELETE", path("cohorts", cohort, "members", person)),
  addAssignment: (cohort, assignment) => request("POST", path("cohorts", cohort, "assignments"), { body: assignment }),
  /** One assignment with who has submitted, by name. */
  assignmentOf: (cohort, id) => request("GET", path("cohorts", cohort, "assignments", id)),
  deleteAssignment: (cohort, id) => request("DELETE", path("cohorts", cohort, "assignments", id)),
};

export const advisingAddresses = {
  /** An answer as one file for a mentor. */
  sharedFile: (answer) => path("answers", answer, "share.html"),
  media: (review) => path("reviews", review, "media"),
  /** What an adviser said aloud, for the applicant. */
  voice: (comment) => path("comments", comment, "voice"),
};
