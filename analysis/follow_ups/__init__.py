"""Which follow-up an interviewer would ask, decided by rules on the transcript of an answer."""
