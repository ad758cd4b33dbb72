"""The deck of a committee: nine slides that PowerPoint edits, made of native charts, shapes and tables. Never a picture."""
