"""Features of the samples alone: levels, voice activity, pitch, windows, reverberation, recording quality."""
