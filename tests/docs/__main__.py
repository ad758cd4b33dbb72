"""`make docs`: write the generated pages again."""

from __future__ import annotations

from tests.docs.pages import DOCS, pages

for name, text in pages().items():
    (DOCS / name).write_text(text, encoding="utf-8")
    print(f"docs/{name}")
