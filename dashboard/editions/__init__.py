"""Editions: the figures of a séance made for an audience, frozen with every page's content, and read back as they were."""
