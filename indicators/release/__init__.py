"""What an audience receives: the yearly grid, what it offers, what the audit hides. The arithmetic of bounds lives in ``disclosure``."""
