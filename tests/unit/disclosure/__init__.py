"""What a reader works out of the figures shown, by hand and from published cases."""
