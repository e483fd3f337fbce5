// What is being done to an answer, in words. Pure.

const STAGES = {
  decode: "Reading the sound",
  activity: "Finding where you speak",
  transcribe: "Transcribing",
  measure: "Measuring",
  playable: "Preparing playback",
};

/**
 * 'Transcribing, 40 of 92 s, about 1 minute left'. Empty for an answer that is ready.
 * @param {any} answer
 * @param {string} [left] how long it will still take, in the service's words; empty where that is not known
 */
export function progressWords(answer, left = "") {
  const words = workWords(answer);
  return words && left && answer.intake === "complete" ? `${words}, ${left}` : words;
}

function workWords(answer) {
  const recorded = answer.source === "recording";
  if (answer.intake === "receiving") {
    return recorded ? "Being recorded" : "Receiving the recording";
  }
  if (answer.intake === "interrupted") {
    return recorded ? "Interrupted: what you recorded is safe" : "Only a part of the recording arrived";
  }
  const { state, stage, progress } = answer.work;
  if (state === "waiting") {
    return "Waiting to start";
  }
  if (state !== "working") {
    return "";
  }
  const what = STAGES[stage] ?? "Working";
  if (progress?.total) {
    const done = Math.min(Math.floor(progress.done), Math.round(progress.total));
    return `${what}, ${done} of ${Math.round(progress.total)} s`;
  }
  return what;
}

/** Share of the present stage that is done, 0 to 1; null where that is not known. */
export function progressShare(answer) {
  const progress = answer.work.progress;
  return answer.work.state === "working" && progress && progress.total
    ? Math.min(1, progress.done / progress.total)
    : null;
}

/** Whether something is still going to happen to the answer without the person doing anything. */
export function isUnderWay(answer) {
  return answer.intake === "receiving" || ["waiting", "working"].includes(answer.work.state);
}

/** Stage by stage, for announcing: changes only when the stage does. */
export function stageWords(answer) {
  return answer.work.state === "working" ? (STAGES[answer.work.stage] ?? "Working") : "";
}
