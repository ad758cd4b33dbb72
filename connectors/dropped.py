"""A dropped file of counts, whole: bytes in, Extract out. Where files are dropped and moved is ``collect``'s business."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath

from connectors.counts_only import refuse_uncounted
from connectors.errors import DeliveryRefusedError
from connectors.exercise import ExerciseDeclared
from connectors.extract import Extract, digest
from connectors.fec import read_ledger
from connectors.files import read_table
from connectors.files.crossed import one_dimension_at_a_time
from connectors.intake import Context, Raw, to_counts
from connectors.intake.columns import header_names, simplify
from connectors.intake.periods import not_announced
from connectors.published import read_published
from connectors.source import Kind, Source


def kept_name(content: bytes, name: str) -> str:
    """The name a file is kept and logged under, from its bytes and its extension: its own name may name a person."""
    return f"{sha256(content).hexdigest()[:16]}{PurePath(name).suffix.lower()}"


def extract_file(content: bytes, name: str, source: Source, context: Context, exercises: tuple[ExerciseDeclared, ...]) -> Extract:
    """Read one dropped file as its source declares it.

    The digest is that of the figures read: the same file read under another declaration is another delivery.

    Raises:
        DeliveryRefusedError: every fault, with its line and remedy; nothing is kept.
    """
    if source.kind is Kind.FEC:
        expenses, warnings = read_ledger(content, name, source, exercises)
        return Extract(digest(expenses), kept_name(content, name), expenses=expenses, warnings=warnings)
    if source.kind is Kind.PUBLISHED:
        published, warnings = read_published(content, name, source, context.territory)
        return Extract(digest(published), kept_name(content, name), published=published, warnings=warnings)
    crossed = {simplify(column) for column in source.cube.dimensions.values()} if source.cube else set()
    sheet = read_table(content, name, source.file, header_names(source) | crossed)
    if source.file.keep == "counts":
        refuse_uncounted(sheet, source)
    if source.cube:
        cells, said = one_dimension_at_a_time(sheet.cells, source, source.cube, context.territory.population)
        raw = Raw(cells, "Cellule agrégée {line}", warnings=(*sheet.warnings, *said))
        source = source.model_copy(update={"columns": {}, "file": source.file.model_copy(update={"empty": None})})
    else:
        raw = Raw(sheet.cells, warnings=sheet.warnings)
    intake = to_counts(raw, source, context)
    other = not_announced(name, intake.counts["period"].unique().tolist())
    if other:
        raise DeliveryRefusedError([other])
    return Extract(digest(intake.counts), kept_name(content, name), counts=intake.counts, warnings=intake.warnings)
