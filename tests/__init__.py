"""Every test; the programs some of them start are in ``programs.sh``."""
