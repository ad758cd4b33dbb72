"""Everything a person sees: pages, charts, documents and the command line. No database is reached from here but through ``connectors``."""
