"""Analysis jobs: queue, workers and their supervisor, the stages of a job, and recovery after a crash."""
