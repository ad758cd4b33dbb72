"""What a page says and shows, as data that can be kept: blocks, in order. How they look on a screen is in ``draw`` alone."""
