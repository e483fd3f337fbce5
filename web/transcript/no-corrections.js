// For a transcript that is only read, as by an adviser: nothing is corrected, and nothing can be.

import { Corrections } from "./corrections.js";

const nobody = () => {};

export const NO_CORRECTIONS = new Corrections("", { onChange: nobody, onReport: nobody, onAnswer: nobody });
