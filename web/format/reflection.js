// What a person is asked after a take, and the words for what they said. Pure.

export const REFLECTION = [
  {
    name: "length",
    question: "How long did that feel?",
    answers: [
      { value: "too_short", words: "Too short" },
      { value: "about_right", words: "About right" },
      { value: "too_long", words: "Too long" },
    ],
  },
  {
    name: "fillers",
    question: "Did you say ‘um’ or ‘like’?",
    answers: [
      { value: "hardly", words: "Hardly" },
      { value: "sometimes", words: "Sometimes" },
      { value: "often", words: "Often" },
    ],
  },
];

/** 'About right'; empty where the question was left open. */
export function reflectionWords(name, reflection) {
  const question = REFLECTION.find((one) => one.name === name);
  return question.answers.find(({ value }) => value === reflection?.[name])?.words ?? "";
}
