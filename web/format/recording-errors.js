// What went wrong while recording, by code: what happened, what is safe, what to do. Pure.

import { errorWords } from "./errors.js";

const WORDS = {
  insecure_page: {
    title: "This page cannot record here.",
    text: "Browsers let only secure addresses use a microphone. Open Greenroom on the computer it runs on, at the address that begins with http://127.0.0.1, or record elsewhere and hand the file in.",
  },
  not_supported: {
    title: "This browser cannot record.",
    text: "A recent Chrome, Edge, Firefox or Safari can. You can also record elsewhere and hand the file in.",
  },
  permission_refused: {
    title: "Greenroom may not use the microphone.",
    text: "Nothing was recorded. Allow the microphone for this page, by the sign beside its address or in the browser's settings, then try again.",
  },
  no_microphone: {
    title: "No microphone was found.",
    text: "Nothing was recorded. Plug one in or turn it on, then try again.",
  },
  microphone_busy: {
    title: "The microphone cannot be used just now.",
    text: "Nothing was recorded. Another program may be using it: close that, or choose another microphone, then try again.",
  },
  no_camera: {
    title: "No camera was found.",
    text: "Nothing was recorded. Plug one in and try again, or record sound alone: the report is the same.",
  },
  device_lost: {
    title: "The microphone was disconnected.",
    text: "What you said until then is safe. Keep it as it is, or plug the microphone in and take it again.",
  },
  recorder_stopped: {
    title: "The browser stopped recording.",
    text: "What you said until then is safe. Keep it as it is, or take it again.",
  },
  silent_track: {
    title: "No sound comes from the microphone.",
    text: "What was heard before is safe. Look for a mute switch on it and in the computer's sound settings, or choose another microphone.",
  },
  storage_full: {
    title: "The disk that Greenroom stores on is full.",
    text: "Your recording is kept in this browser, and goes out as soon as there is room. Free some space; leave this page open until then.",
  },
  connection_lost: {
    title: "Greenroom cannot be reached.",
    text: "Your recording is kept in this browser, and goes out when the connection is back. Check that Greenroom is still running.",
  },
  memory_only: {
    title: "This browser stores nothing for Greenroom.",
    text: "Your recording is sent while you speak. Leave this page open until all of it is there. Outside private windows, and with room on the disk, a closed tab loses nothing.",
  },
  memory_full: {
    title: "There is no more room for this recording.",
    text: "What you said until now is kept while this page stays open. Stop here, and let it be sent.",
  },
  too_large: {
    title: "This recording is as large as it may be.",
    text: "What was stored until then is safe and can be finished. Without the camera there is room for far longer answers.",
  },
  finished_elsewhere: {
    title: "This recording is dealt with in another window.",
    text: "What had arrived by then is stored. You find it under Answers.",
  },
  answer_deleted: {
    title: "This answer was deleted.",
    text: "That was done in another window, and nothing of it is kept. You can record it again.",
  },
  nothing_recorded: {
    title: "Nothing was recorded yet.",
    text: "It was stopped before the first moment of sound. Start again when you are ready.",
  },
};

/** The same with the camera in it. */
const CAMERA_WORDS = {
  permission_refused: {
    title: "Greenroom may not use the camera.",
    text: "Nothing was recorded. Allow the camera for this page, by the sign beside its address or in the browser's settings, or record sound alone.",
  },
  microphone_busy: {
    title: "The camera or the microphone cannot be used just now.",
    text: "Nothing was recorded. Another program may be using one of them: close that and try again, or record sound alone.",
  },
};

/** {title, text} for a RecordingError; for any other error, what `errorWords` says. */
export function recordingErrorWords(error) {
  return (error?.camera && CAMERA_WORDS[error.code]) || WORDS[error?.code] || errorWords(error);
}
