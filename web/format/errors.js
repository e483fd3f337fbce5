// What went wrong, by code: what happened, what is safe, what to do. Pure.
// A code that is not here falls back to the sentence the service sent.

const WORDS = {
  no_audio_track: {
    title: "This file has no sound track.",
    text: "Choose a recording with sound. If it is a video, check that it plays with sound elsewhere.",
  },
  unreadable_media: {
    title: "This file is no recording that we can read.",
    text: "Choose a sound or video file: WAV, FLAC, MP3, M4A, OGG, WebM, MP4 or MOV.",
  },
  empty_file: {
    title: "This file is empty.",
    text: "It has no bytes in it. Copy it from the recorder again, then hand it in.",
  },
  too_long: {
    title: "This recording is too long.",
    text: "Cut it to the one answer you would like to look at, then hand that in.",
  },
  too_large: {
    title: "This file is too large.",
    text: "Hand in the sound alone, or a shorter part.",
  },
  disk_full: {
    title: "The disk is full.",
    text: "What was stored before is safe. Free some space, then try again.",
  },
  model_not_found: {
    title: "The recogniser is not there yet.",
    text: "Your recording is safe. Once the recogniser is installed, try again.",
  },
  model_damaged: {
    title: "The recogniser's file is damaged.",
    text: "Your recording is safe. Install the recogniser again, then try again.",
  },
  worker_crashed: {
    title: "This recording stopped the analysis three times.",
    text: "The recording is safe and nothing else is touched. Saving it in another format may help.",
  },
  took_too_long: {
    title: "The analysis took longer than it may.",
    text: "Your recording is safe. Try again when this machine is less busy, or hand in a shorter part.",
  },
  internal_error: {
    title: "Something went wrong on our side.",
    text: "Your recording is safe. Try again; if it happens again, the service's log says why.",
  },
  interrupted: {
    title: "The recording did not arrive whole.",
    text: "What arrived is stored. Hand the file in again to have all of it.",
  },
  connection_lost: {
    title: "Greenroom cannot be reached.",
    text: "What arrived is stored. Check that it is still running, then try again.",
  },
  not_found: {
    title: "There is no such answer.",
    text: "It may have been deleted.",
  },
  no_such_session: {
    title: "There is no such session.",
    text: "It may have been deleted.",
  },
};

const INTERRUPTED_RECORDING = {
  title: "This recording was interrupted.",
  text: "What was recorded until then is safe. Finish it to have its report.",
};

/** {title, text} for an answer that did not arrive whole; one recorded here differs from a file that was sent. */
export function interruptedWords(answer) {
  return answer.source === "recording" ? INTERRUPTED_RECORDING : WORDS.interrupted;
}

/** The file itself is the reason: working on it again would end the same way. */
const OF_THE_FILE = new Set(["no_audio_track", "unreadable_media", "empty_file", "too_long", "too_large"]);

/** Whether trying the same again can help. */
export const isWorthAnotherTry = (error) => !OF_THE_FILE.has(error?.code);

/** {title, text} for an error {code, text}. */
export function errorWords(error) {
  const known = WORDS[error?.code];
  if (known) {
    return known;
  }
  return {
    title: error?.text || "Something went wrong.",
    text: error?.text ? "" : "Nothing that was stored is lost. Try again.",
  };
}
