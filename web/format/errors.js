// What went wrong, with the work on an answer, while recording or in the test of the microphone: what happened, what
// is safe, what to do. By code. Pure.

const WORDS = {
  no_audio_track: {
    title: "This file has no sound track.",
    text: "Choose a recording with sound. If it is a video, check that it plays with sound elsewhere.",
  },
  unreadable_media: {
    title: "This file could not be read as a recording.",
    text: "Upload it in another format: WAV, FLAC, MP3, M4A, OGG, WebM, MP4 or MOV.",
  },
  unknown_codec: {
    title: "The kind of sound in this file cannot be read.",
    text: "Save it as MP3, M4A or WAV, then upload that.",
  },
  protected_media: {
    title: "This file is protected against copying.",
    text: "Upload a recording of your own.",
  },
  windows_media: {
    title: "Windows Media files (WMA, WMV) cannot be read.",
    text: "Save it as MP3, M4A or WAV, then upload that.",
  },
  unread_format: {
    title: "Files of this kind cannot be read.",
    text: "Save it as MP3, M4A or WAV, then upload that.",
  },
  unreadable_track: {
    title: "This sound track cannot be read.",
    text: "Your recording is safe. Choose another sound track.",
  },
  no_such_track: {
    title: "This recording has no such sound track.",
    text: "Your recording is safe. Choose another sound track.",
  },
  empty_file: {
    title: "This file is empty.",
    text: "Nothing is in it. Copy it from the recorder again, then upload it.",
  },
  too_long: {
    title: "This recording is too long.",
    text: "Cut it so that only one answer is left, then upload that.",
  },
  too_large: {
    title: "This file is too large.",
    text: "Upload only its sound, or a shorter part.",
  },
  disk_full: {
    title: "The disk is full.",
    text: "What was stored before is safe. Free some space, then try again.",
  },
  model_not_found: {
    title: "The recogniser is not installed yet.",
    text: "Your recording is safe. Install the recogniser, then try again.",
  },
  model_damaged: {
    title: "The recogniser's file is damaged.",
    text: "Your recording is safe. Install the recogniser again, then try again.",
  },
  no_graphics_processor: {
    title: "The recogniser found no graphics processor.",
    text: "Your recording is safe. Tell whoever runs this service, then try again.",
  },
  unknown_compute_type: {
    title: "The recogniser is not set up for this machine.",
    text: "Your recording is safe. Tell whoever runs this service, then try again.",
  },
  worker_crashed: {
    title: "This recording stopped the analysis three times.",
    text: "The recording is safe, and so is everything else. It may help to save it in another format.",
  },
  decoder_crashed: {
    title: "This file stopped the program that reads recordings.",
    text: "The recording is safe, and so is everything else. Save it as MP3 or WAV, then upload that.",
  },
  took_too_long: {
    title: "The analysis made no headway.",
    text: "Your recording is safe. Try again, or save it in another format and upload it again.",
  },
  internal_error: {
    title: "Something went wrong in Greenroom.",
    text: "Your recording is safe. Try again. If it happens again, the log of the service says why.",
  },
  interrupted: {
    title: "Only a part of the recording arrived.",
    text: "That part is stored. Upload the file again to have all of it.",
  },
  connection_lost: {
    title: "Greenroom cannot be reached.",
    text: "What arrived is stored. Check that it is still running, then try again.",
  },
  busy: {
    title: "Greenroom is busy.",
    text: "What arrived is stored. Try again in a moment.",
  },
  not_found: {
    title: "This answer is not here.",
    text: "It may have been deleted.",
  },
  no_such_interview: {
    title: "This interview is not here.",
    text: "It may have been deleted.",
  },
  no_such_session: {
    title: "This session is not here.",
    text: "It may have been deleted.",
  },
};

const INTERRUPTED_RECORDING = {
  title: "This recording was interrupted.",
  text: "What you recorded until then is safe. Finish it to get its report.",
};

/** {title, text} for an answer that did not arrive whole; one recorded here differs from a file that was sent. */
export function interruptedWords(answer) {
  return answer.source === "recording" ? INTERRUPTED_RECORDING : WORDS.interrupted;
}

/** The file itself is the reason: working on it again would end the same way. */
const OF_THE_FILE = new Set([
  "no_audio_track",
  "unreadable_media",
  "unknown_codec",
  "protected_media",
  "windows_media",
  "unread_format",
  "unreadable_track",
  "no_such_track",
  "empty_file",
  "too_long",
  "too_large",
]);

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
    text: error?.text ? "" : "Everything that was stored is safe. Try again.",
  };
}

const RECORDING_WORDS = {
  insecure_page: {
    title: "This page cannot record here.",
    text: "Browsers let only secure addresses use a microphone. Use the computer on which Greenroom runs, at the address that begins with http://127.0.0.1. Or record with another program and upload the file.",
  },
  not_supported: {
    title: "This browser cannot record.",
    text: "A recent Chrome, Edge, Firefox or Safari can. Or record with another program and upload the file.",
  },
  permission_refused: {
    title: "Greenroom may not use the microphone.",
    text: "Nothing was recorded. Allow the microphone for this page, then try again. The browser asks beside the address, or in its settings.",
  },
  no_microphone: {
    title: "No microphone was found.",
    text: "Nothing was recorded. Connect one or turn it on, then try again.",
  },
  microphone_busy: {
    title: "The microphone cannot be used now.",
    text: "Nothing was recorded. Perhaps another program uses it. Close that program or choose another microphone, then try again.",
  },
  no_camera: {
    title: "No camera was found.",
    text: "Nothing was recorded. Connect one and try again, or record only sound. The report is the same.",
  },
  device_lost: {
    title: "The microphone was disconnected.",
    text: "What you said until then is safe. Keep it as it is, or connect the microphone and record it again.",
  },
  recorder_stopped: {
    title: "The browser stopped recording.",
    text: "What you said until then is safe. Keep it as it is, or record it again.",
  },
  silent_track: {
    title: "No sound comes from the microphone.",
    text: "What was heard before is safe. Check that the microphone is not muted, on itself and in the sound settings. Or choose another one.",
  },
  storage_full: {
    title: "The disk that Greenroom stores on is full.",
    text: "Your recording is kept in this browser and is sent as soon as there is room. Free some space. Leave this page open until then.",
  },
  connection_lost: {
    title: "Greenroom cannot be reached.",
    text: "Your recording is kept in this browser and is sent when the connection is back. Check that Greenroom is still running.",
  },
  service_busy: {
    title: "Greenroom is busy.",
    text: "Your recording is kept in this browser and is sent as soon as Greenroom has time for it. Leave this page open until then.",
  },
  signed_out: {
    title: "You are signed out.",
    text: "Your recording is kept in this browser. Sign in again in a new tab, then it goes on. Leave this page open until then.",
    link: { href: "/sign-in", words: "Sign in again" },
  },
  quota_reached: {
    title: "Your office's limit is reached.",
    text: "Your recording is kept in this browser. Delete recordings that you do not need, or wait until tomorrow. It is sent once there is room.",
  },
  memory_only: {
    title: "This browser does not store anything for Greenroom.",
    text: "Your recording is sent while you speak. Leave this page open until all of it is sent. A private window or a full disk can be the reason.",
  },
  memory_full: {
    title: "There is no more room for this recording.",
    text: "What you said until now is kept while this page stays open. Stop now, and wait until it is sent.",
  },
  too_large: {
    title: "This recording has reached the largest size.",
    text: "What was stored until then is safe, and you can finish it. Without the camera, answers can be much longer.",
  },
  finished_elsewhere: {
    title: "This recording was finished in another window.",
    text: "What had arrived until then is stored. It is under Answers.",
  },
  answer_deleted: {
    title: "This answer was deleted.",
    text: "That was done in another window, and nothing of it is left. You can record it again.",
  },
  nothing_recorded: {
    title: "Nothing was recorded yet.",
    text: "It was stopped before there was any sound. Start again when you are ready.",
  },
};

/** The same with the camera in it. */
const CAMERA_WORDS = {
  permission_refused: {
    title: "Greenroom may not use the camera.",
    text: "Nothing was recorded. Allow the camera for this page, or record only sound. The browser asks beside the address, or in its settings.",
  },
  microphone_busy: {
    title: "The camera or the microphone cannot be used now.",
    text: "Nothing was recorded. Perhaps another program uses one of them. Close that program and try again, or record only sound.",
  },
};

/** {title, text} for a RecordingError; for any other error, what `errorWords` says. */
export function recordingErrorWords(error) {
  return (error?.camera && CAMERA_WORDS[error.code]) || RECORDING_WORDS[error?.code] || errorWords(error);
}

const VERDICTS = {
  good: { title: "You can be heard well.", text: "Listen to the test if you want, then continue." },
  silent: {
    title: "Nothing was heard.",
    text: "Perhaps the microphone is muted, or another one is in use. Look for a switch on it, then test again.",
  },
  too_quiet: {
    title: "It is too quiet.",
    text: "Move nearer to the microphone, to less than an arm's length. Or make it louder in the settings of this computer.",
  },
  clipping: {
    title: "It is too loud.",
    text: "The loudest parts are cut off. Move back a little, or make the microphone less loud.",
  },
  noisy_room: {
    title: "The room is loud.",
    text: "Close a window or a door, turn off a fan, or use a headset. Pauses are hard to find in noise.",
  },
};

/** {title, text} for what the test of the microphone found. */
export const verdictWords = (verdict) => VERDICTS[verdict];
