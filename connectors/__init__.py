"""Every door to data: the partners' systems and our own store. What a figure means lives in ``indicators``; no screen lives here."""
