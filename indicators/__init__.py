"""The meaning of the figures: pure functions on frames. No database, screen, file, environment or clock lives here."""
