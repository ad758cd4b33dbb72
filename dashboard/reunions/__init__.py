"""The page Réunions, part by part: what is typed, the forms of a séance, its freezing. What a séance is lives in ``indicators``."""
