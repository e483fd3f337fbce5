// Where the pages of interviews are. Pure.

/** @param {{id: string}} interview */
export const interviewAddress = ({ id }) => `/prepare/interviews/${encodeURIComponent(id)}`;

export const NEW_INTERVIEW = "/prepare/interviews/new";
