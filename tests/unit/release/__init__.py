"""What an audience receives, on cities small enough to count by hand."""
