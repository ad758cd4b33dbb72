"""What a reader knows about counts nobody showed: published figures as sums of atoms. Solving is in ``programme``, judging in ``audit``."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]
Atom = Hashable
Name = Hashable
Terms = Mapping[Atom, int]
"""A sum of atoms: the coefficient of each, 1 or 0 for a count, -1 for what is taken away."""


class ContradictionError(ValueError):
    """No whole non-negative counts agree with everything that is shown."""


@dataclass(frozen=True)
class Figure:
    """One thing a reader knows: a sum of atoms lies between ``low`` and ``high``, both included.

    A published figure has both ends alike. A link between measures is a figure too: closed <= identified is ``{identified: 1, closed: -1}``
    from 0 to infinity; stock = previous + entries - exits is a sum that is exactly 0.
    """

    name: Name
    terms: Terms
    low: float
    high: float

    @classmethod
    def exact(cls, name: Name, terms: Terms, value: int) -> Figure:
        """A figure published as it is."""
        return cls(name, terms, value, value)


@dataclass(frozen=True)
class System:
    """Figures over atoms, the finest disjoint cells: whole numbers, 0 or more, unknown to the reader.

    ``matrix`` has a row for each figure, in the order of ``names``, and a column for each atom, in the order of ``atoms``. The reader
    is taken to know nothing else: no prior idea of an atom's size.
    """

    names: tuple[Name, ...]
    atoms: tuple[Atom, ...]
    matrix: csr_array
    low: Floats
    high: Floats

    @classmethod
    def of(cls, figures: Sequence[Figure], atoms: Iterable[Atom] = ()) -> System:
        """The system of these figures. ``atoms``: those that no figure may name, since every figure that held them is hidden.

        Raises:
            ValueError: two figures of the same name.
        """
        names = tuple(figure.name for figure in figures)
        if len(set(names)) < len(names):
            raise ValueError("Two figures have the same name.")
        every = tuple(dict.fromkeys([*atoms, *(atom for figure in figures for atom in figure.terms)]))
        low, high = (np.array([getattr(figure, end) for figure in figures], dtype=np.float64) for end in ("low", "high"))
        return cls(names, every, _matrix([figure.terms for figure in figures], every), low, high)

    def sums(self, targets: Sequence[Terms]) -> csr_array:
        """Rows over the atoms, one for each sum that somebody may want to know, published or not. ``KeyError``: an unknown atom."""
        return _matrix(targets, self.atoms)

    def keep(self, shown: Mask) -> System:
        """The same atoms, known through the figures of ``shown`` only."""
        names = tuple(name for name, kept in zip(self.names, shown, strict=True) if kept)
        return System(names, self.atoms, self.matrix[np.flatnonzero(shown)], self.low[shown], self.high[shown])


def _matrix(rows: Sequence[Terms], atoms: Sequence[Atom]) -> csr_array:
    position = {atom: index for index, atom in enumerate(atoms)}
    columns = [position[atom] for terms in rows for atom in terms]
    data = [coefficient for terms in rows for coefficient in terms.values()]
    ends = np.cumsum([0, *(len(terms) for terms in rows)])
    return csr_array((np.array(data, dtype=np.int64), np.array(columns, dtype=np.int64), ends), shape=(len(rows), len(atoms)))
