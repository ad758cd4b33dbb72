"""The indicators and the measures they are made of: one file per level, one declaration per figure. Nothing is computed here."""
