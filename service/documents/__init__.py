"""What a person takes along: pages to print, tables, labelled speech."""
