"""What a person can download: printed reports, tables, labelled speech, the whole account."""
