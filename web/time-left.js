// About how long answers under way will still take, in the service's words. It is asked only while a page shows one.

import { api } from "./api.js";

const FIRST_MILLISECONDS = 300;
const AGAIN_MILLISECONDS = 4_000;

const listeners = new Set();
/** Words by the id of the answer. */
let words = new Map();
/** Whether a page has asked for words since the service was asked. */
let wanted = false;
/** @type {any} */
let timer = null;

/**
 * Be told when the words have changed.
 * @param {() => void} listener
 * @returns {() => void} stop
 */
export function listenToTimeLeft(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** 'about 2 minutes left' for an answer that is under way; empty where that is not known (yet). */
export function timeLeft(answer) {
  wanted = true;
  askIn(words.size > 0 ? AGAIN_MILLISECONDS : FIRST_MILLISECONDS);
  return words.get(answer.id) ?? "";
}

function askIn(milliseconds) {
  if (timer === null && listeners.size > 0) {
    timer = setTimeout(ask, milliseconds);
  }
}

async function ask() {
  wanted = false;
  if (!document.hidden) {
    await refresh();
  }
  timer = null;
  // What is drawn anew has asked again by now, if it still shows an answer under way.
  if (wanted || words.size > 0) {
    askIn(AGAIN_MILLISECONDS);
  }
}

async function refresh() {
  try {
    const { items } = await api.work();
    const before = words;
    words = new Map(items.map(({ answer, text }) => [answer, text]));
    if (before.size !== words.size || [...words].some(([id, text]) => before.get(id) !== text)) {
      for (const listener of [...listeners]) {
        listener();
      }
    }
  } catch {
    // Not reachable just now: the next turn asks again.
  }
}
