// The files of this visit. They go on being sent when another place of the page is opened.

import { isOlder } from "../answers/latest.js";
import { listen } from "../events.js";
import { Upload } from "./upload.js";

/** At once: one connection is left for looking at things meanwhile. */
const AT_ONCE = 2;

/** Newest first. */
export const uploads = [];
const listeners = new Set();

/** Be told when any upload changes. Returns a function that stops it. */
export function listenToUploads(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed() {
  for (const listener of [...listeners]) {
    listener();
  }
}

function sendNext() {
  const sending = uploads.filter((upload) => upload.state === "sending").length;
  const waiting = uploads.filter((upload) => upload.state === "waiting").reverse();
  for (const upload of waiting.slice(0, Math.max(0, AT_ONCE - sending))) {
    upload.send();
  }
}

/** Take files in; those that cannot be handed in say so and are not sent. */
export function handIn(files, words, limits) {
  for (const file of files) {
    const upload = new Upload(file, words, limits);
    upload.addEventListener("change", () => {
      changed();
      if (upload.state !== "sending") {
        sendNext();
      }
    });
    uploads.unshift(upload);
  }
  changed();
  sendNext();
}

/** Forget a row of this visit. */
export function forget(upload) {
  const at = uploads.indexOf(upload);
  if (at >= 0) {
    uploads.splice(at, 1);
    changed();
  }
}

// Whatever place is open: a row of this visit shows its answer as it is now, or goes with it.
listen({
  answer: (answer) => {
    const upload = uploads.find((one) => one.answer?.id === answer.id);
    if (upload && !isOlder(answer, upload.answer)) {
      upload.answer = answer;
      changed();
    }
  },
  deleted: (id) => {
    const upload = uploads.find((one) => one.answer?.id === id && one.state === "handed_in");
    if (upload) {
      forget(upload);
    }
  },
});

addEventListener("beforeunload", (event) => {
  if (uploads.some((upload) => ["waiting", "sending"].includes(upload.state))) {
    event.preventDefault();
  }
});
