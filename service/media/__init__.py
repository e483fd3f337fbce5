"""What a browser needs of a recording beside its report: a copy it can play, and a waveform."""
