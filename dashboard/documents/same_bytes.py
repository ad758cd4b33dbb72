"""The same document for the same content, whenever and wherever it is made: what a file format writes of the clock is fixed."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day a ZIP can tell."""
_WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_FIXED = rb"\g<1>2022-01-01T00:00:00Z"


def packed(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files, in order, without a date."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in files.items():
            entry = ZipInfo(name, _DAY)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, part)
    return content.getvalue()


def undated(content: bytes, *, within: bool = False) -> bytes:
    """A document of a ZIP format, its entries as they are, their dates fixed; entries that are ZIPs are treated likewise.

    A document says when it was made, and keeps it; those ``within`` it (the workbook of a chart) say a fixed day.
    """
    with ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    if within and "docProps/core.xml" in files:
        files["docProps/core.xml"] = _WRITTEN.sub(_FIXED, files["docProps/core.xml"])
    return packed({name: undated(part, within=True) if part.startswith(b"PK\x03\x04") else part for name, part in files.items()})
