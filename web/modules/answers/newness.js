// Which of two replies about an answer is the newer one: one may overtake another on its way.

/** Whether `answer` is as it was before `other`. */
export const isOlder = (answer, other) => answer.change < other.change;
