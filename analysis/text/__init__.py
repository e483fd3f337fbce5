"""Analysis of the transcript: words, numerals, syllables, sentences, discourse markers, repeats."""
