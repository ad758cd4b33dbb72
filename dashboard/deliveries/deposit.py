"""« Déposer un fichier »: chosen, read at once with everything that is wrong with it, and received only when confirmed."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from connectors.collect import Place, context_of, receive_file
from connectors.dropped import kept_name
from connectors.errors import CiteError
from connectors.examine import Examined, examine
from connectors.one_at_a_time import alone
from connectors.receive import Report
from connectors.source import Kind, Source
from connectors.store import Outcome
from dashboard.components import html
from dashboard.components.html import Table
from dashboard.content.blocks import Html, Note, Section
from dashboard.content.draw import draw
from dashboard.data import Desk
from indicators import typography as t
from indicators.period import Period
from indicators.registry import measures
from indicators.sentences import capital

FILES = (Kind.FILE, Kind.FEC, Kind.PUBLISHED)
HINT = "CSV ou XLSX, 10 Mo au plus. Le fichier est contrôlé aussitôt\u202f; rien n'est enregistré avant votre accord."
WHOSE = "Choisissez le partenaire qui envoie ce fichier\u00a0: il est lu comme sa source le déclare."
REFUSED = "Ce fichier serait refusé"
NOTHING = "Rien n'a été enregistré\u202f; les chiffres affichés ne changent pas. Envoyez ce compte rendu au partenaire."
UNLIKELY = (
    "Ce fichier se lit, mais il paraît peu vraisemblable. Confirmé, il attendra votre décision\u00a0: jusque-là, les chiffres affichés "
    "ne changent pas."
)
KNOWN = "Ce contenu est déjà celui qui est affiché\u00a0: le confirmer ne changerait rien."
TOLD = "depot-dit"
EXAMINED = "depot-examen"
ROUND = "depot-tour"


def deposit(desk: Desk) -> None:
    """Draw the frame; nothing where no partner delivers files."""
    sources = {source.id: source for source in desk.sources if source.kind in FILES}
    if not sources:
        return
    draw([Section("Déposer un fichier")])
    with st.container(border=True, key="carte-depot"):
        draw([Note(HINT)])
        left, right = st.columns([2, 3])
        with left:
            chosen = st.selectbox(
                "Partenaire",
                list(sources),
                index=None,
                format_func=lambda code: sources[code].label,
                placeholder="Choisissez le partenaire",
                key="depot-source",
            )
        with right:
            given = st.file_uploader("Fichier du partenaire", key=f"depot-fichier-{st.session_state.get(ROUND, 0)}")
        _last(st.session_state.get(TOLD))
        if given is not None and chosen is None:
            draw([Note(WHOSE)])
        elif given is not None and chosen is not None:
            _judged(desk, sources[chosen], given.getvalue(), given.name)


def _judged(desk: Desk, source: Source, content: bytes, name: str) -> None:
    """What the file would become, and the button that receives it when it may be."""
    st.session_state.pop(TOLD, None)
    found = _examined(desk, source, content, name)
    if found.faults:
        st.error(f"{REFUSED}\u00a0: {t.count(len(found.faults), 'anomalie')}.")
        draw([Html(html.bullets(found.faults)), Note(NOTHING)])
        told = "\n".join((f"{source.label} : {kept_name(content, name)}", *found.faults, ""))
        st.download_button("Télécharger le compte rendu", told.encode(), f"compte-rendu-{source.id}.txt", "text/plain")
        return
    if found.doubts:
        st.warning(UNLIKELY)
        draw([Html(html.bullets(found.doubts))])
    elif found.known:
        st.info(KNOWN)
    draw([Html(html.table(_brings(found)))])
    if found.notes:
        draw([Html(html.bullets(found.notes))])
    label = "Mettre en attente" if found.doubts else "Confirmer et enregistrer"
    st.button(label, type="primary", key="depot-confirmer", on_click=_confirm, args=(desk, source, content, name), disabled=found.known)


def _examined(desk: Desk, source: Source, content: bytes, name: str) -> Examined:
    """Read once for a file, a source and a state of the store: a page is written again at each click."""
    key = (source.model_dump_json(), sha256(content).hexdigest(), name, desk.store.figures_version())
    kept = st.session_state.get(EXAMINED)
    if not isinstance(kept, tuple) or kept[0] != key:
        with st.spinner("Lecture du fichier…"):
            kept = (key, examine(desk.settings, source, desk.store, context_of(desk.settings, desk.now()), content, name))
        st.session_state[EXAMINED] = kept
    return kept[1]  # type: ignore[no-any-return]


def _brings(found: Examined) -> Table:
    """What a valid file brings, by measure; its number of rows for a ledger or an open file."""
    changes = found.changes
    if changes is None:
        rows = found.extract.rows if found.extract else 0
        return Table("Ce que le fichier apporte", ("Contenu", "Nombre"), (("Écritures ou valeurs lues", t.number(rows)),))
    lines = []
    for code, group in changes.groupby("measure", sort=False):
        totals = [t.number(int(group[name].sum())) for name in ("rows", "new", "changed")]
        label = measures()[str(code)].label
        lines.append((capital(label), _periods(sorted(group["period"])), *totals))
    return Table("Ce que le fichier apporte", ("Mesure", "Périodes", "Comptes", "dont nouveaux", "dont modifiés"), tuple(lines))


def _periods(codes: list[str]) -> str:
    labels = [t.period_label(Period.parse(code)) for code in codes]
    return t.joined(labels) if len(labels) <= 3 else f"{len(labels)} périodes, de {labels[0]} à {labels[-1]}"


def _confirm(desk: Desk, source: Source, content: bytes, name: str) -> None:
    """Receive the file as ``collecter`` does, one at a time."""
    context = context_of(desk.settings, desk.now())
    try:
        with alone(desk.settings.data_dir):
            place = Place(desk.store, desk.settings.territory, desk.now())
            report: Report | CiteError = receive_file(desk.settings, source, place, context, content, name)
    except CiteError as error:
        report = error
    except OSError:
        report = CiteError(f"Le dossier {desk.settings.data_dir} refuse l'écriture : libérez de la place ou vérifiez ses droits.")
    st.session_state[TOLD] = report
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.session_state.pop(EXAMINED, None)


def _last(told: object) -> None:
    """What became of the file just confirmed."""
    if isinstance(told, CiteError):
        st.error(str(told))
    if not isinstance(told, Report):
        return
    label = told.source.label
    if told.outcome is Outcome.ACCEPTED:
        st.success(f"{label}\u00a0: livraison enregistrée, {t.count(told.rows, 'compte')}. Les pages montrent déjà ses chiffres.")
    elif told.outcome is Outcome.HELD:
        st.warning(f"{label}\u00a0: livraison mise en attente de votre décision, en haut de cette page.")
    else:
        st.error("\n\n".join((f"{label}\u00a0: rien n'a été enregistré.", *told.sentences)))
