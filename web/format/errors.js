// What went wrong, with the work on an answer, while recording or in the test of the microphone: what happened, what
// is safe, what to do. By code. Pure.

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
    text: "It has no bytes in it. Copy it from the recorder again, then upload it.",
  },
  too_long: {
    title: "This recording is too long.",
    text: "Cut it to the one answer you would like to look at, then hand that in.",
  },
  too_large: {
    title: "This file is too large.",
    text: "Upload the sound alone, or a shorter part.",
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
    text: "Your recording is safe. Try again when this machine is less busy, or upload a shorter part.",
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

const RECORDING_WORDS = {
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
  return (error?.camera && CAMERA_WORDS[error.code]) || RECORDING_WORDS[error?.code] || errorWords(error);
}

const VERDICTS = {
  good: { title: "You can be heard well.", text: "Listen to the test if you like, then continue." },
  silent: {
    title: "Nothing was heard.",
    text: "The microphone may be muted, or another one may be in use. Look for a switch on it, then test again.",
  },
  too_quiet: {
    title: "It is too quiet.",
    text: "Come nearer to the microphone, about an arm's length or less, or turn it up in the settings of this computer.",
  },
  clipping: {
    title: "It is too loud.",
    text: "The loudest parts are cut off. Move back a little, or turn the microphone down.",
  },
  noisy_room: {
    title: "The room is loud.",
    text: "Close a window or a door, turn off a fan, or take a headset. Pauses are hard to find in noise.",
  },
};

/** {title, text} for what the test of the microphone found. */
export const verdictWords = (verdict) => VERDICTS[verdict];
