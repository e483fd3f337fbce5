"""Downloads: printed reports, tables, labelled speech, and the account data."""
