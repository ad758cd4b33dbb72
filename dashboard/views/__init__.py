"""One script per page, in the order of ``navigation.PAGES``. A page chooses, reads the board, and hands rows to sentences and charts."""
