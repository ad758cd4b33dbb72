"""Statistical disclosure control: what a reader can work out of the figures shown, and which more to hide.

``system`` says what is known, ``programme`` solves, ``audit`` judges, ``repair`` hides, ``table`` and ``rows`` serve a table in a file.
"""
