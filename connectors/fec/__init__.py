"""The ledger (FEC, fichier des écritures comptables, article A47 A-1 LPF): the grant's entries, from the legal export of accounts."""

from __future__ import annotations

from connectors.fec.ledger import read_ledger

__all__ = ["read_ledger"]
