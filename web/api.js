// Every call to the service, and what it answers with when something is wrong.

import { personHeader, signedOut } from "./person.js";

/** An answer that was not the one hoped for. `code` is stable; `text` is a sentence for people. */
export class ApiError extends Error {
  /** Milliseconds that the service asks to wait before the same is tried again; 0 where it does not say. */
  wait = 0;

  constructor(status, code, text, problem = {}) {
    super(text || code);
    this.status = status;
    this.code = code;
    this.text = text;
    this.problem = problem;
  }
}

/** Codes that say that the service does not know this browser any more, or knows it as another person's. */
const SIGNED_OUT = new Set(["not_signed_in", "signed_in_as_another"]);

/**
 * The error in an application/problem+json body; made up from the status where there is none.
 * @param {number} status
 * @param {string} body
 * @param {string|null} [retryAfter] the Retry-After header
 */
export function errorFrom(status, body, retryAfter = null) {
  let problem = {};
  try {
    problem = JSON.parse(body);
  } catch {
    // Not from the service itself, or cut short: the status alone has to do.
  }
  const byStatus = { 404: "not_found", 413: "too_large", 503: "busy", 507: "disk_full" };
  const code = problem.code ?? byStatus[status] ?? "internal_error";
  if (SIGNED_OUT.has(code)) {
    signedOut();
  }
  const error = new ApiError(status, code, typeof problem.detail === "string" ? problem.detail : "", problem);
  error.wait = Math.max(0, Number(retryAfter) || 0) * 1000;
  return error;
}

/**
 * @param {"GET"|"POST"|"PUT"|"PATCH"|"DELETE"} method
 * @param {string} path
 * @param {{body?: unknown, signal?: AbortSignal, forAnyone?: boolean}} [options] `body` is sent as JSON, a Blob as it is;
 *   `forAnyone`: the service may answer for another person than the one whose page this is
 * @returns {Promise<any>} the JSON of the response; null where it has none
 * @throws {ApiError} the response is an error, or there is none (`connection_lost`)
 */
export async function request(method, path, { body, signal, forAnyone = false } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: {
        ...(forAnyone ? {} : personHeader()),
        ...(body === undefined ? {} : { "Content-Type": body instanceof Blob ? body.type : "application/json" }),
      },
      body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new ApiError(0, "connection_lost", "");
  }
  const text = await response.text();
  if (!response.ok) {
    throw errorFrom(response.status, text, response.headers.get("Retry-After"));
  }
  return text ? JSON.parse(text) : null;
}

const answerPath = (id, rest = "") => `/api/answers/${encodeURIComponent(id)}${rest}`;
const interviewPath = (id, rest = "") => `/api/interviews/${encodeURIComponent(id)}${rest}`;
const scheduledPath = (id, rest = "") => `/api/scheduled-interviews/${encodeURIComponent(id)}${rest}`;
/** Days are those of this device's time zone. */
const setUpPath = (rest = "", query = {}) =>
  `/api/set-up-check${rest}?${new URLSearchParams({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC", ...query })}`;
const questionPath = (id, rest = "") => `/api/questions/${encodeURIComponent(id)}${rest}`;

export const api = {
  /** Who is signed in, whoever's page this is. */
  me: () => request("GET", "/api/me", { forAnyone: true }),
  about: () => request("GET", "/api/about"),
  sessions: () => request("GET", "/api/sessions"),
  /**
   * @param {{cursor?: string, session?: string, tag?: string, unfinished?: boolean, limit?: number}} [query]
   */
  answers: ({ cursor, session, tag, unfinished = false, limit = 50 } = {}) => {
    const query = new URLSearchParams({ limit: String(limit) });
    if (unfinished) {
      query.set("unfinished", "true");
    }
    if (cursor) {
      query.set("cursor", cursor);
    }
    if (session) {
      query.set("session", session);
    }
    if (tag) {
      query.set("tag", tag);
    }
    return request("GET", `/api/answers?${query}`);
  },
  answer: (id, signal) => request("GET", answerPath(id), { signal }),
  create: (answer, signal) => request("POST", "/api/answers", { body: answer, signal }),
  /**
   * @param {string} id
   * @param {number|null} chunks how many there are; null finishes with what has arrived
   * @param {AbortSignal} [signal]
   * @param {number[]} [pausedAt] seconds of the recording
   */
  finish: (id, chunks, signal, pausedAt = []) =>
    request("POST", answerPath(id, "/finish"), { body: { chunks, paused_at: pausedAt }, signal }),
  change: (id, changes, signal) => request("PATCH", answerPath(id), { body: changes, signal }),
  delete: (id, signal) => request("DELETE", answerPath(id), { signal }),
  retry: (id) => request("POST", answerPath(id, "/retry")),
  /** The report as it is shown. @param {"current"|"machine"} version with corrections, or without */
  reportView: (id, version = "current") => request("GET", answerPath(id, `/report/view${version === "current" ? "" : `?version=${version}`}`)),
  /** The words as they are shown, while there is no report. */
  transcriptView: (id) => request("GET", answerPath(id, "/transcript/view")),
  peaks: (id) => request("GET", answerPath(id, "/peaks")),
  questions: () => request("GET", "/api/questions"),
  addQuestion: (question) => request("POST", "/api/questions", { body: question }),
  changeQuestion: (id, changes) => request("PATCH", questionPath(id), { body: changes }),
  deleteQuestion: (id) => request("DELETE", questionPath(id)),
  setFavourite: (id, favourite) => request(favourite ? "PUT" : "DELETE", questionPath(id, "/favourite")),
  /** What the person wrote down for a question. */
  notes: (question) => request("GET", questionPath(question, "/notes")),
  setNotes: (question, notes) => request("PUT", questionPath(question, "/notes"), { body: notes }),
  formats: () => request("GET", "/api/formats"),
  /** The latest ones. @param {number} limit most that come */
  interviews: (limit) => request("GET", `/api/interviews?limit=${limit}`),
  createInterview: (interview) => request("POST", "/api/interviews", { body: interview }),
  interview: (id) => request("GET", interviewPath(id)),
  changeInterview: (id, changes) => request("PATCH", interviewPath(id), { body: changes }),
  /** What is asked after an answer; ApiError not_ready while there is no transcript. */
  followUp: (id, answer) => request("POST", interviewPath(id, "/follow-up"), { body: { answer } }),
  sessionReport: (id) => request("GET", `/api/sessions/${encodeURIComponent(id)}/report`),
  deleteSession: (id) => request("DELETE", `/api/sessions/${encodeURIComponent(id)}`),
  correct: (id, items) => request("PUT", answerPath(id, "/corrections"), { body: { items } }),
  interviewReport: (id) => request("GET", interviewPath(id, "/report")),
  /** @param {{id: string, kind: string, question_id?: string, follow_up?: string, text?: string}} command of a person who asks */
  commandInterview: (id, command) => request("POST", interviewPath(id, "/commands"), { body: command }),
  followUps: () => request("GET", "/api/follow-ups"),
  remarks: (id) => request("GET", answerPath(id, "/remarks")),
  /** @param {{id: string, text: string, at: number|null}} remark `id` of 24 hexadecimal digits: sent twice it is one */
  addRemark: (id, remark) => request("POST", answerPath(id, "/remarks"), { body: remark }),
  removeRemark: (id, remark) => request("DELETE", answerPath(id, `/remarks/${encodeURIComponent(remark)}`)),
  usual: (id) => request("GET", answerPath(id, "/usual")),
  takes: (id) => request("GET", answerPath(id, "/takes")),
  comparison: (id, other) => request("GET", answerPath(id, `/comparison?with=${encodeURIComponent(other)}`)),
  search: (words, cursor) => request("GET", `/api/search?${new URLSearchParams({ words, ...(cursor ? { cursor } : {}) })}`),
  tags: () => request("GET", "/api/tags"),
  preferences: () => request("GET", "/api/preferences"),
  setPreferences: (changes) => request("PATCH", "/api/preferences", { body: changes }),
  progress: (filters = {}) => request("GET", `/api/progress?${new URLSearchParams(filters)}`),
  readiness: (asked) => request("GET", `/api/readiness?${new URLSearchParams(asked)}`),
  calendar: (asked) => request("GET", `/api/progress/calendar?${new URLSearchParams(asked)}`),
  week: (week, asked) => request("GET", `/api/progress/weeks/${encodeURIComponent(week)}?${new URLSearchParams(asked)}`),
  focus: (week, asked = {}) => request("GET", `/api/focus/${encodeURIComponent(week)}?${new URLSearchParams(asked)}`),
  setFocus: (week, focus) => request("PUT", `/api/focus/${encodeURIComponent(week)}`, { body: focus }),
  dropFocus: (week) => request("DELETE", `/api/focus/${encodeURIComponent(week)}`),
  /** What comes next: an interview, today's question, a step of the plan. */
  preparation: (asked) => request("GET", `/api/preparation?${new URLSearchParams(asked)}`),
  scheduledInterviews: () => request("GET", "/api/scheduled-interviews"),
  addScheduledInterview: (interview) => request("POST", "/api/scheduled-interviews", { body: interview }),
  scheduledInterview: (id) => request("GET", scheduledPath(id)),
  changeScheduledInterview: (id, changes) => request("PATCH", scheduledPath(id), { body: changes }),
  deleteScheduledInterview: (id) => request("DELETE", scheduledPath(id)),
  /** @param {string} id @param {{way: string, on: string}} confirmation `on`: a day, as 2026-06-01 */
  addConfirmation: (id, confirmation) => request("POST", scheduledPath(id, "/confirmations"), { body: confirmation }),
  removeConfirmation: (id, confirmation) => request("DELETE", scheduledPath(id, `/confirmations/${encodeURIComponent(confirmation)}`)),
  plan: (id) => request("GET", scheduledPath(id, "/plan")),
  /** Mark a step of the plan as done by hand, or take the mark away; the plan as it is then. */
  setPlanStep: (id, step, done) => request(done ? "PUT" : "DELETE", scheduledPath(id, `/plan/${encodeURIComponent(step)}`)),
  impressions: (id) => request("GET", scheduledPath(id, "/impressions")),
  setImpressions: (id, impressions) => request("PUT", scheduledPath(id, "/impressions"), { body: impressions }),
  rankList: () => request("GET", "/api/rank-list"),
  /** @param {string[]} order ids of interviews, most wanted first */
  setRankList: (order) => request("PUT", "/api/rank-list", { body: { order } }),
  messages: (id) => request("GET", scheduledPath(id, "/messages")),
  /** A text made of set sentences and what the person says; nothing is kept. */
  draftMessage: (id, draft) => request("POST", scheduledPath(id, "/messages/draft"), { body: draft }),
  addMessage: (id, message) => request("POST", scheduledPath(id, "/messages"), { body: message }),
  changeMessage: (id, message, changes) => request("PATCH", scheduledPath(id, `/messages/${encodeURIComponent(message)}`), { body: changes }),
  deleteMessage: (id, message) => request("DELETE", scheduledPath(id, `/messages/${encodeURIComponent(message)}`)),
  privacy: () => request("GET", "/api/privacy"),
  resources: () => request("GET", "/api/resources"),
  timeZones: () => request("GET", "/api/time-zones"),
  setUpCheck: () => request("GET", setUpPath()),
  /** @param {string} item @param {{value: object}|{answer: string}} checked; the answer is the whole check */
  setUpItem: (item, checked) => request("PUT", setUpPath(`/${encodeURIComponent(item)}`), { body: checked }),
  stills: () => request("GET", setUpPath("/stills")),
  /** @param {Blob} picture @param {string} note */
  keepStill: (picture, note) => request("POST", setUpPath("/stills", note.trim() ? { note: note.trim() } : {}), { body: picture }),
  deleteStill: (id) => request("DELETE", setUpPath(`/stills/${encodeURIComponent(id)}`)),
  sheet: (interview) => request("GET", scheduledPath(interview, "/sheet")),
  /** @param {string} interview @param {{specifics?: object[], questions_to_ask?: string[]}} content what is left out stays */
  setSheet: (interview, content) => request("PUT", scheduledPath(interview, "/sheet"), { body: content }),
  questionsToAsk: () => request("GET", "/api/questions-to-ask"),
  addQuestionToAsk: (question) => request("POST", "/api/questions-to-ask", { body: question }),
  removeQuestionToAsk: (id) => request("DELETE", `/api/questions-to-ask/${encodeURIComponent(id)}`),
  applicationLines: () => request("GET", "/api/application-lines"),
  /** @param {{text: string, section: string|null}} lines as they were pasted */
  addApplicationLines: (lines) => request("POST", "/api/application-lines", { body: lines }),
  changeApplicationLine: (id, changes) => request("PATCH", `/api/application-lines/${encodeURIComponent(id)}`, { body: changes }),
  removeApplicationLine: (id) => request("DELETE", `/api/application-lines/${encodeURIComponent(id)}`),
  /** Which specifics of a programme an answer named. */
  specifics: (answer) => request("GET", answerPath(answer, "/specifics")),
  /** @param {string} answer @param {string} specific @param {boolean|null} said null: what was heard counts */
  saySpecific: (answer, specific, said) => request("PUT", answerPath(answer, `/specifics/${encodeURIComponent(specific)}`), { body: { said } }),
  /** About how long the answers under way will still take. */
  work: () => request("GET", "/api/work"),
  outdated: () => request("GET", "/api/reanalysis"),
  reanalyse: () => request("POST", "/api/reanalysis"),
  deleteEverything: () => request("DELETE", "/api/everything"),
};

/** An id that the service takes: 24 hexadecimal digits by chance. */
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

export const addresses = {
  chunk: (id, number) => answerPath(id, `/chunks/${number}`),
  /** @param {number} version of the copy, so that a browser does not play an earlier one it kept */
  media: (id, version = 0) => answerPath(id, version ? `/media?version=${version}` : "/media"),
  original: (id) => answerPath(id, "/original"),
  report: (id) => answerPath(id, "/report"),
  transcript: (id, format) => answerPath(id, `/transcript?format=${format}`),
  reportPage: (id) => answerPath(id, "/report.html"),
  interviewReportPage: (id) => interviewPath(id, "/report.html"),
  measuresTable: (id) => answerPath(id, "/measures.csv"),
  progressTable: (filters = {}) => `/api/progress.csv?${new URLSearchParams(filters)}`,
  still: (id) => `/api/set-up-check/stills/${encodeURIComponent(id)}`,
  interviewCalendar: (id) => scheduledPath(id, "/calendar.ics"),
  sheetPage: (interview) => scheduledPath(interview, "/sheet.html"),
  calendarOfAll: "/api/scheduled-interviews.ics",
  rankListTable: "/api/rank-list.csv",
  labelledSpeech: "/api/labelled-speech",
  events: "/api/events",
  export: "/api/export",
};
