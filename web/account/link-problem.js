// What is wrong with the link of an invitation or a reset.

/** The service says what became of a link; of the words for a missing answer there are others. */
export const linkProblem = (error) => (error.code === "not_found" ? { code: "", text: error.text } : error);
