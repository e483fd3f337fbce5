"""What is measured of the running service: lists, live answers, and what faults cost."""
