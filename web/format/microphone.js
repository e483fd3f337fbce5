// What the test of the microphone found, in words. Pure.

const VERDICTS = {
  good: { title: "You can be heard well.", text: "Listen to the test if you like, then go on." },
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
