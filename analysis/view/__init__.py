"""What every presentation shows, as text and geometry, made once.

The terminal, the printed page and the web page draw these views and put no figure into words of their own.
Times are seconds from the start of the recording; other places are fractions, 0 to 1, of what is drawn.
"""
