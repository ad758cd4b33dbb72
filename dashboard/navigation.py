"""The one list of pages: their titles, addresses, scripts and the question each answers. How a page is drawn lives in ``views/``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Page:
    """One page: ``title`` and ``question`` in French, ``path`` its address ("/" for the home page), ``file`` under this package."""

    title: str
    path: str
    file: str
    question: str

    @property
    def script(self) -> Path:
        """The script Streamlit runs, as an absolute path: the folder the server was started from must not matter."""
        return HERE / self.file

    @property
    def is_home(self) -> bool:
        """Whether it is the page of the bare address."""
        return self.path == "/"


PAGES: tuple[Page, ...] = (
    Page("Synthèse", "/", "views/synthese.py", "Où en est-on, que décider\u202f?"),
    Page(
        "Droit commun",
        "/droit-commun",
        "views/droit_commun.py",
        "Les QPV y accèdent-ils autant que le reste de la ville\u202f?",
    ),
    Page("Parcours", "/parcours", "views/parcours.py", "Que deviennent les personnes, quels freins sont levés\u202f?"),
    Page("Partenaires", "/partenaires", "views/partenaires.py", "Qui participe, qui oriente, qui reçoit\u202f?"),
    Page("Budget", "/budget", "views/budget.py", "Dépense-t-on au bon rythme\u202f?"),
    Page("Indicateurs", "/indicateurs", "views/indicateurs.py", "Que dit chaque indicateur, et d'où vient son chiffre\u202f?"),
    Page("Données", "/donnees", "views/donnees.py", "Les données sont-elles là, d'où vient chaque chiffre\u202f?"),
    Page("Réunions", "/reunions", "views/reunions.py", "Que dit-on, que décide-t-on\u202f?"),
    Page("Quartiers", "/quartiers", "views/quartiers.py", "Où sont les quartiers, qui y vit\u202f?"),
)
"""In the order of the navigation."""

PROJECTED = Page("Séance", "/seance", "views/seance.py", "Que voit le comité, écran par écran\u202f?")
"""An edition before the committee: reached from the edition, not from the navigation."""
ADDRESSES: frozenset[str] = frozenset(page.path for page in (*PAGES, PROJECTED))
"""The addresses that exist; any other is answered 404."""
