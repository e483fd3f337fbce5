"""What is found in the transcript: words, syllables, sentences, discourse markers, repeats."""
