"""One script per page, in the order of ``navigation.PAGES``. A page asks what to read, and draws what its content says of it."""
