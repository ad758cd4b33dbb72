"""Each indicator by small tables of counts and the figures they must give: the .txt files are to be read, and run."""
