"""Progress over many takes: selects the rows and has `analysis.trends` evaluate them."""
