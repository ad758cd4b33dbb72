"""Is it French? The words of English that programs print by themselves, and the spaces that French asks for."""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"\b(error|exception|traceback|try|show|exit|missing|invalid|value|values|required|expected|default|not|one of|range|valid|does|"
    r"exist|got|unexpected|text|integer|path|choose|from|field|input|should|string|number|syntax|failed|could|connection|denied|"
    r"permission|statement|timeout|line|column|after|key|file|found|none|nan|true|false)\b",
    re.IGNORECASE,
)
# words that are French too, or names the reader types: keys, values and formats of TOML
_ALLOWED = re.compile(
    r"true ou false|n'existe\b|«[^»]*»|'[^' ]*'(?=[,.])|\S*\.(toml|csv|xlsx|txt|sql|sqlite)\b|--format table|\b[A-Z_]{4,}\b|/\S+|\[\w+\]"
)


def english(text: str) -> list[str]:
    """English words of a message, outside what it quotes."""
    return [word.group() for word in _WORDS.finditer(_ALLOWED.sub(" ", text))]


def loose(text: str) -> list[str]:
    """Places where a space that should be tied is not."""
    return re.findall(r".{0,12}(?: [:;!?»%€](?!//)|« )", text)
