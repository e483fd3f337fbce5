"""From sound to words: where the recogniser's weights come from, the engine, and verbatim text."""
