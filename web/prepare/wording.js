// The names of what can be chosen for an interview. Dates, times and counts come as words from the service. Pure.

export const APPLYING_TO = [
  { value: "residency", words: "Residency" },
  { value: "medical_school", words: "Medical school" },
];

export const FORMATS = [
  { value: "virtual", words: "Virtual, live" },
  { value: "in_person", words: "In person" },
  { value: "hybrid", words: "Hybrid: part virtual, part in person" },
  { value: "asynchronous", words: "Recorded answers, no interviewer there" },
];

/** Short, for a line of facts. */
const FORMAT_NAMES = { virtual: "Virtual", in_person: "In person", hybrid: "Hybrid", asynchronous: "Recorded answers" };

export const WAYS_TO_CONFIRM = [
  { value: "own_check", words: "I checked it myself" },
  { value: "coordinator_email", words: "The coordinator wrote it in an email" },
  { value: "coordinator_call", words: "The coordinator said it on the phone" },
  { value: "portal", words: "The programme's own page shows it" },
];

export const applyingToWords = (value) => APPLYING_TO.find((each) => each.value === value)?.words ?? "";

/** What an interview is, in short parts: 'Residency', 'Internal medicine', 'Virtual', 'Zoom'. */
export function factsOf({ applying_to: applyingTo, specialty, format, platform, demo }) {
  return [applyingToWords(applyingTo), specialty, FORMAT_NAMES[format], platform, demo ? "Demo" : ""].filter(Boolean);
}
