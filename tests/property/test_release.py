"""Editions of small random cities, attacked by someone who kept them all: no small count, nor a small revision, can be worked out.

CITE_LONG=1 draws more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.release.grid import Choice, Depth, Subject
from indicators.release.release import choose
from tests.unit.release.attacker import SEXES, Atom, Attacker, Target
from tests.unit.release.city import FINEST, INDICATORS, MEASURES, NORTH, SOUTH, Audience, City, quarters_from, rules, whole

FEW = 60 if os.environ.get("CITE_LONG") == "1" else 6
QUARTERS = quarters_from("2022-T2", 7)
SUMS = {**{zone: (zone,) for zone in FINEST}, "QPV": (NORTH, SOUTH), "RESTE": FINEST[2:], "VILLE": FINEST}
COUNTED = ("entrees", "sorties", "presents", "echues", "reussies")
Revision = tuple[int, int, int, int, int]
"""From which edition, of which quarter, zone and sex, by how many."""


@dataclass(frozen=True)
class World:
    """A city and what is found out later of its past quarters."""

    seed: int
    sizes: tuple[int, ...]
    revisions: tuple[Revision, ...] = ()

    def city(self, edition: int) -> City:
        """As known at an edition: each revision is in it from its own on."""
        random = np.random.default_rng(self.seed)
        shape = (len(QUARTERS), len(FINEST), 3)
        rate = np.array(self.sizes)[:, None] * np.array([0.5, 0.45, 0.05])
        entered, due = random.poisson(rate, shape), random.poisson(2 * rate, shape)
        first = random.poisson(4 * rate, shape[1:])
        chance = random.random(shape)
        for since, quarter, zone, sex, size in self.revisions:
            if since <= edition:
                entered[quarter, zone, sex] = max(0, entered[quarter, zone, sex] + size)
                due[quarter, zone, sex] = max(0, due[quarter, zone, sex] + size)
        present, left = np.zeros(shape, dtype=int), np.zeros(shape, dtype=int)
        before = first
        for quarter in range(len(QUARTERS)):
            left[quarter] = np.floor(chance[quarter] * 0.3 * (before + entered[quarter]) + 0.3)
            present[quarter] = before = before + entered[quarter] - left[quarter]
        parts = {"entrees": entered, "sorties": left, "presents": present, "echues": due, "reussies": np.floor(due * chance).astype(int)}
        counts = {(code, "sexe"): part for code, part in parts.items()} | {(code, ENSEMBLE): whole(part) for code, part in parts.items()}
        return City(QUARTERS, counts)


@dataclass
class Story:
    """Editions one after another, the counts that each one speaks of, and whoever kept them all."""

    k: int
    audience: Audience
    attacker: Attacker = field(default_factory=lambda: Attacker(INDICATORS, MEASURES))
    truth: dict[Atom, int] = field(default_factory=dict)
    versions: list[dict[tuple[str, str], int]] = field(default_factory=list)
    slices: dict[tuple[str, str], np.ndarray] = field(default_factory=dict)
    refused: int = 0

    def tell(self, city: City) -> None:
        """Receive an edition; what waits is as it was."""
        found = self.audience.receive(city)
        if found.exposed:
            self.refused += 1
            return
        version = dict(self.versions[-1]) if self.versions else {}
        for code in COUNTED:
            for at, quarter in enumerate(city.quarters):
                now = np.concatenate([city.counts[code, ENSEMBLE][at], city.counts[code, "sexe"][at]], axis=-1)
                before = self.slices.get((code, quarter))
                if before is None or ((code, quarter) not in found.waiting and (now != before).any()):
                    version[code, quarter] = version.get((code, quarter), -1) + 1
                    self.slices[code, quarter] = now
        self.versions.append(version)
        for (code, quarter), counts in self.slices.items():
            for row, zone in enumerate(FINEST):
                for cell, category in enumerate((ENSEMBLE, *SEXES)):
                    self.truth[code, category, zone, quarter, version[code, quarter]] = int(counts[row, cell])
        self.attacker.read({window.value: frame for window, frame in found.frames.items()}, version)

    def counts(self) -> Iterator[Target]:
        """Every run of quarters of the last edition, and every single quarter as it was."""
        seen = list(dict.fromkeys(quarter for _, quarter in self.versions[-1]))
        for code in COUNTED:
            for parts in SUMS.values():
                for category in (ENSEMBLE, *SEXES):
                    for run in _runs(seen, code):
                        yield {(code, category, zone, quarter, self.versions[-1][code, quarter]): 1 for quarter in run for zone in parts}
                    for version in self.versions[:-1]:
                        yield from (
                            {(code, category, zone, quarter, number): 1 for zone in parts}
                            for (of, quarter), number in version.items()
                            if of == code and number != self.versions[-1][of, quarter]
                        )

    def changes(self) -> Iterator[Target]:
        """What each edition changed of every run of quarters of the one before."""
        for before, after in zip(self.versions[:-1], self.versions[1:], strict=True):
            for code in COUNTED:
                seen = [quarter for of, quarter in before if of == code]
                for run in _runs(seen, code):
                    moved = [quarter for quarter in run if before[code, quarter] != after[code, quarter]]
                    for parts in SUMS.values() if moved else ():
                        for category in (ENSEMBLE, *SEXES):
                            yield {
                                (code, category, zone, quarter, version[code, quarter]): sign
                                for quarter in moved
                                for zone in parts
                                for version, sign in ((after, 1), (before, -1))
                            }

    def value(self, target: Target) -> int:
        return sum(sign * self.truth[atom] for atom, sign in target.items())

    def found(self, targets: Iterator[Target], width: int) -> list[str]:
        """The small ones that are known to fewer than ``width`` units, in words."""
        small = list({tuple(sorted(target.items())): target for target in targets if 0 < abs(self.value(target)) < self.k}.values())
        quarters = list(dict.fromkeys(quarter for _, quarter in self.versions[-1]))
        told = self.attacker.narrow(small, width, quarters, self.versions[-1], self.truth)
        return [f"{self.value(target)} in [{low}, {high}]: {sorted(target.items())}" for target, low, high in told]


def _runs(quarters: list[str], code: str) -> Iterator[list[str]]:
    size = len(quarters)
    for first in range(size):
        for last in range(first, first + 1 if code == "presents" else size):
            yield quarters[first : last + 1]


def careless(subject: Subject) -> Choice:
    """Everything, everywhere, whatever the counts."""
    return Choice(Depth.EACH, DIMENSIONS[subject.dimension].codes, unlocated=False, smallest=0, reason="")


def told(world: World, k: int, editions: int = 4, *, all_shown: bool = False) -> Story:
    """An edition of each of the last quarters."""
    story = Story(k, Audience.new(rules(k=k)))
    if all_shown:
        grid = choose(world.city(0).cube(), rules(k=k), QUARTERS, {})
        story.audience.grids.update({year: {subject: careless(subject) for subject in grid} for year in (2022, 2023)})
    for edition in range(editions):
        story.tell(world.city(edition).until(QUARTERS[len(QUARTERS) - editions + edition]))
    return story


def worlds(*, revised: bool) -> st.SearchStrategy[World]:
    """Some zones nearly empty, some large enough."""
    size = st.sampled_from([0, 1, 3, 6, 12, 25, 60])
    revision = st.tuples(
        st.integers(1, 3), st.integers(0, 4), st.integers(0, 3), st.integers(0, 2), st.sampled_from([-9, -2, -1, 1, 2, 3, 8, 20])
    )
    revisions = st.lists(revision, min_size=1, max_size=4).map(tuple) if revised else st.just(())
    return st.builds(World, st.integers(0, 9999), st.tuples(size, size, size, size), revisions)


@settings(max_examples=FEW)
@given(world=worlds(revised=False), k=st.sampled_from([3, 5]))
def test_no_small_count_can_be_worked_out(world: World, k: int) -> None:
    story = told(world, k)
    if story.versions:
        assert story.found(story.counts(), k) == []


@settings(max_examples=FEW)
@given(world=worlds(revised=True), k=st.sampled_from([3, 5]))
def test_no_small_count_nor_small_change_can_be_worked_out_of_revised_quarters(world: World, k: int) -> None:
    story = told(world, k)
    if story.versions:
        assert story.found(story.changes(), 1) == []
        assert story.found(story.counts(), k) == []


@settings(max_examples=FEW // 3)
@given(world=worlds(revised=True), k=st.sampled_from([3, 5]))
def test_a_grid_that_shows_everything_is_repaired_at_each_edition(world: World, k: int) -> None:
    """No margin is left by the choice: the gate alone protects."""
    story = told(world, k, editions=3, all_shown=True)
    if story.versions:
        assert story.found(story.changes(), 1) == []
        assert story.found(story.counts(), k) == []


def test_most_editions_are_given() -> None:
    """A gate that refused everything would pass every test above."""
    stories = [told(World(seed, (12, 25, 60, 3)), 5) for seed in range(3)]
    assert sum(story.refused for story in stories) <= 2
    assert all(len(story.attacker.equal) > 60 for story in stories)


def test_an_audience_without_a_gate_would_be_told_small_counts() -> None:
    """The attacker finds what a careless edition tells: it can fail."""
    story = told(World(1, (12, 25, 60, 3)), 5)
    told_more = story.attacker
    target = next(target for target in story.counts() if 0 < story.value(target) < 5 and all(atom in told_more.atoms for atom in target))
    story.attacker.equal[tuple(sorted((told_more.atoms[atom], 1) for atom in target))] = story.value(target)
    assert len(story.found(iter([target]), 5)) == 1
