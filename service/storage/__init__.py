"""Where recordings are kept. Rows say what there is; this holds the bytes."""
