"""What a partner is told on one page: what we ask, why, what we never receive, what is shown of it, and when. Words only."""

from __future__ import annotations

from datetime import date, timedelta

from connectors.kit.cells import asked
from connectors.settings import Settings
from connectors.source import Kind, Source
from indicators.codes import DIMENSIONS, ENSEMBLE
from indicators.disclosure.policy import COPIL
from indicators.period import Frequency, Period
from indicators.registry import measures
from indicators.sentences import capital
from indicators.typography import count, date_short, french, inside, joined, lower_first, period_label

Section = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A heading, paragraphs, a list."""
EVERY = {
    Frequency.MONTH: "chaque mois",
    Frequency.QUARTER: "chaque trimestre",
    Frequency.HALF: "chaque semestre",
    Frequency.YEAR: "chaque année",
}
HOW = {
    Kind.SQL: "Votre base compte elle-même. Votre administrateur exécute une fois le fichier SQL joint : il crée une vue de comptes, et un "
    "rôle qui ne peut lire que cette vue. La Cité l'interroge ; vous n'avez plus rien à envoyer.",
    Kind.FILE: "Remplissez le classeur joint, ou envoyez votre propre export : ses colonnes et ses codes sont déclarés une fois. "
    "L'exemple joint montre un classeur rempli.",
    Kind.FEC: "Envoyez le fichier des écritures comptables (FEC) de l'exercice depuis son premier jour, tel que votre logiciel l'exporte.",
    Kind.PUBLISHED: "Ce fichier ouvert est repris tel qu'il est publié ; vous n'avez rien à faire.",
    Kind.API: "Ce service est interrogé en ligne ; vous n'avez rien à envoyer.",
}
DUE = 3
"""Dates told."""


def sections(source: Source, settings: Settings, today: date) -> list[Section]:
    """The page, section by section, in French."""
    city = settings.city
    why = (
        f"{capital(inside(city.name))} doit donner aux habitants des quartiers prioritaires (QPV) les mêmes chances, la même information "
        "et le même accompagnement qu'aux autres. Vos effectifs disent où est l'écart, s'il est réel et s'il se réduit. Les habitants des "
        "QPV y sont comparés au reste de la ville, et chaque chiffre reste attaché à votre livraison."
    )
    never = (
        "Aucune ligne sur une personne, aucun nom, aucune date de naissance, aucun numéro, aucune adresse : seulement des effectifs.",
        "Une colonne que nous n'attendons pas est refusée, parce qu'elle pourrait décrire quelqu'un ; rien du fichier n'est alors gardé.",
    )
    found = [
        ("Ce que nous demandons", (), tuple(_asked(source))),
        ("Pourquoi", (why,), ()),
        ("Ce que nous ne recevons jamais", (), never),
        ("Comment", (HOW[source.kind],), ()),
        ("Ce qui est montré", (_shown(settings),), ()),
        ("Quand", _calendar(source, settings, today), ()),
        ("Si quelque chose ne va pas", (_contact(source, settings),), ()),
    ]
    return [(heading, tuple(map(french, texts)), tuple(map(french, items))) for heading, texts, items in found]


def _asked(source: Source) -> list[str]:
    lines = []
    for code in source.measures:
        by = [lower_first(DIMENSIONS[name].label) for name in asked(source, code) if name != ENSEMBLE]
        measure = measures()[code]
        place = "" if measure.territorial else " (pour toute la ville)"
        lines.append(f"{capital(measure.label)}{place}{', en tout et selon : ' + joined(by) if by else ''}")
    lines += [item.label for item in source.published]
    return lines or ["Les écritures de l'exercice, d'où viennent les dépenses de la Cité par ligne du budget."]


def _shown(settings: Settings) -> str:
    policy = settings.policies[COPIL]
    return (
        f"Le comité de pilotage ne voit aucun effectif de 1 à {policy.threshold - 1}, ni ce qui le donnerait par différence ; "
        f"le seuil est de {policy.sensitive} pour ce qui touche à la santé ou à la justice. Donnez des effectifs exacts : en masquer chez "
        "vous empêche d'additionner, donc fait disparaître plus de chiffres."
    )


def _calendar(source: Source, settings: Settings, today: date) -> tuple[str, ...]:
    if source.kind not in {Kind.SQL, Kind.FILE}:
        return ("Avant chaque réunion du comité de pilotage.",)
    delay = timedelta(days=source.delay_days)
    period = Period.of(max(today, source.since or settings.city.started_on), source.periodicity)
    while (period.shift(-1).last_day + delay) >= today and period.shift(-1).last_day >= (source.since or settings.city.started_on):
        period = period.shift(-1)
    dates = [f"{period_label(period.shift(step))} : le {date_short(period.shift(step).last_day + delay)}" for step in range(DUE)]
    rule = f"{capital(EVERY[source.periodicity])}, dans les {count(source.delay_days, 'jour')} qui suivent sa fin. Prochaines dates : "
    told = rule + " ; ".join(dates) + "."
    if source.provisional_days:
        told += f" Vous pouvez réviser un chiffre pendant {count(source.provisional_days, 'jour')} : il est alors dit provisoire."
    return (told,)


def _contact(source: Source, settings: Settings) -> str:
    who = settings.city.contact or f"la coordination de {inside(settings.city.name)}"
    ours = f" Chez vous, nous appelons {source.contact}." if source.contact else ""
    return f"Chaque livraison reçoit un compte rendu : la ligne, la valeur, la correction à faire. Pour toute question : {who}.{ours}"
