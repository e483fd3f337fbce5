// The four figures that a comment can speak of and that an assignment can show.

/** @type {Array<{figure: import("./requests.js").Figure, label: string}>} */
export const FIGURES = [
  { figure: "length", label: "Length" },
  { figure: "pace", label: "Pace" },
  { figure: "pauses", label: "Pauses" },
  { figure: "fillers", label: "Fillers" },
];

/** 'Pauses'; empty where a comment speaks of none. @param {string|null} figure */
export const figureLabel = (figure) => FIGURES.find((one) => one.figure === figure)?.label ?? "";
