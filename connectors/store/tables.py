"""The tables, as SQLAlchemy reads and writes them. How a database comes to have them lives in ``migrations``.

Codes are plain text: lists of codes evolve, history does not. ``block`` says which measure and period (or exercise) each delivery brought,
so that the current state is found without reading a single figure.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypedColumns,
    TypeDecorator,
    UniqueConstraint,
)


class Frame(StrEnum):
    """The frames that are stored."""

    COUNTS = "counts"
    EXPENSES = "expenses"
    PUBLISHED = "published"


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, kept in UTC and given back with its zone by every engine (SQLite has no type for it)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Towards the database: UTC, without its zone where the engine cannot hold it."""
        if value is None:
            return None
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: always UTC, always with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


CODE = Text().with_variant(Text(collation="C"), "postgresql")
"""Text compared byte by byte on both engines: same order, same index use, whatever the server's language."""

metadata = MetaData()


class DeliveryColumns(TypedColumns):
    """See ``Delivery``; ``report`` is a JSON list of sentences."""

    id = Column(Integer, primary_key=True)
    source = Column(CODE, nullable=False)
    received_at = Column(UtcDateTime, nullable=False)
    extracted_at = Column(UtcDateTime, nullable=False)
    sha256 = Column(CODE, nullable=False)
    rows = Column(Integer, nullable=False)
    outcome = Column(CODE, nullable=False)
    report = Column(Text, nullable=False)
    origin = Column(Text, nullable=False)


class BlockColumns(TypedColumns):
    """What an accepted delivery brought: counts by measure and period, expenses by exercise (as ``period``), published figures whole."""

    delivery_id = Column(Integer, ForeignKey("delivery.id"), primary_key=True)
    frame = Column(CODE, primary_key=True)
    measure = Column(CODE, primary_key=True)
    period = Column(CODE, primary_key=True)
    rows = Column(Integer, nullable=False)


class CountColumns(TypedColumns):
    """A row of COUNTS; the source is the delivery's."""

    delivery_id = Column(Integer, ForeignKey("delivery.id"), primary_key=True)
    measure = Column(CODE, primary_key=True)
    period = Column(CODE, primary_key=True)
    territory = Column(CODE, primary_key=True)
    dimension = Column(CODE, primary_key=True)
    category = Column(CODE, primary_key=True)
    value = Column(BigInteger, nullable=True)
    status = Column(CODE, nullable=False)


class ExpenseColumns(TypedColumns):
    """A row of EXPENSES; amounts are whole cents."""

    delivery_id = Column(Integer, ForeignKey("delivery.id"), primary_key=True)
    exercise = Column(Integer, primary_key=True)
    reference = Column(CODE, primary_key=True)
    date = Column(Date, nullable=False)
    paid_on = Column(Date, nullable=True)
    line = Column(CODE, nullable=False)
    level = Column(CODE, nullable=False)
    account = Column(CODE, nullable=False)
    committed = Column(BigInteger, nullable=False)
    paid = Column(BigInteger, nullable=False)


class PublishedColumns(TypedColumns):
    """A row of PUBLISHED; the source is the delivery's. Values are rates and indices as printed: a float holds them."""

    delivery_id = Column(Integer, ForeignKey("delivery.id"), primary_key=True)
    measure = Column(CODE, primary_key=True)
    territory = Column(CODE, primary_key=True)
    vintage = Column(CODE, primary_key=True)
    value = Column(Double, nullable=True)
    status = Column(CODE, nullable=False)
    note = Column(Text, nullable=False)


class SealColumns(TypedColumns):
    """See ``seals``."""

    delivery_id = Column(Integer, ForeignKey("delivery.id"), primary_key=True)
    digest = Column(CODE, nullable=False)


class MeetingVersionColumns(TypedColumns):
    """A séance as saved once, by ``meeting_json``; the séance is its latest version."""

    number = Column(Integer, primary_key=True)
    version = Column(Integer, primary_key=True)
    saved_at = Column(UtcDateTime, nullable=False)
    saved_by = Column(Text, nullable=False)
    content = Column(Text, nullable=False)


class EditionColumns(TypedColumns):
    """See ``Edition``; ``content`` is compressed (zlib), its digest is that of the plain bytes."""

    id = Column(CODE, primary_key=True)
    meeting = Column(Integer, nullable=False)
    audience = Column(CODE, nullable=False)
    period = Column(CODE, nullable=False)
    number = Column(Integer, nullable=False)
    frozen_at = Column(UtcDateTime, nullable=False)
    frozen_by = Column(Text, nullable=False)
    sha256 = Column(CODE, nullable=False)
    replaces = Column(CODE, ForeignKey("edition.id"), nullable=True)
    software = Column(Text, nullable=False)
    content = Column(LargeBinary, nullable=False)


class EditionDocumentColumns(TypedColumns):
    """A document issued from an edition, as it was handed out."""

    edition = Column(CODE, ForeignKey("edition.id"), primary_key=True)
    name = Column(CODE, primary_key=True)
    issued_at = Column(UtcDateTime, nullable=False)
    sha256 = Column(CODE, nullable=False)
    content = Column(LargeBinary, nullable=False)


class GridChoiceColumns(TypedColumns):
    """How finely an audience sees the figures of a year, in JSON; the latest choice is the one in force."""

    id = Column(Integer, primary_key=True)
    audience = Column(CODE, nullable=False)
    year = Column(Integer, nullable=False)
    chosen_at = Column(UtcDateTime, nullable=False)
    chosen_by = Column(Text, nullable=False)
    content = Column(Text, nullable=False)


class ArchiveSealColumns(TypedColumns):
    """See ``archive_seals``; ``key`` is the primary key of the row, joined by slashes."""

    position = Column(Integer, primary_key=True)
    kind = Column(CODE, nullable=False)
    key = Column(CODE, nullable=False)
    digest = Column(CODE, nullable=False)


class JournalColumns(TypedColumns):
    """See ``journal.Entry``; ``object`` is its subject."""

    position = Column(Integer, primary_key=True, autoincrement=False)
    at = Column(UtcDateTime, nullable=False)
    account = Column(CODE, nullable=False)
    event = Column(CODE, nullable=False)
    object = Column(CODE, nullable=False)
    digest = Column(CODE, nullable=False)


class JournalHeadColumns(TypedColumns):
    """The last entry of the journal, alone in its table: what an entry removed from the end is seen by."""

    id = Column(Integer, primary_key=True, autoincrement=False)
    position = Column(Integer, nullable=False)
    digest = Column(CODE, nullable=False)


class AccountRightColumns(TypedColumns):
    """See ``rights.Decision``; the latest row of an account, a role and a source is in force."""

    id = Column(Integer, primary_key=True)
    account = Column(CODE, nullable=False)
    role = Column(CODE, nullable=False)
    source = Column(CODE, nullable=False)
    granted = Column(Boolean, nullable=False)
    decided_at = Column(UtcDateTime, nullable=False)
    decided_by = Column(Text, nullable=False)


# On SQLite the rows of these tables live in their primary key: a block is one contiguous read, with no second look-up.
delivery = Table("delivery", metadata, DeliveryColumns)
block = Table("block", metadata, BlockColumns, sqlite_with_rowid=False)
count_row = Table("count_row", metadata, CountColumns, sqlite_with_rowid=False)
expense_row = Table("expense_row", metadata, ExpenseColumns, sqlite_with_rowid=False)
published_row = Table("published_row", metadata, PublishedColumns, sqlite_with_rowid=False)
seal = Table("seal", metadata, SealColumns, sqlite_with_rowid=False)
meeting_version = Table("meeting_version", metadata, MeetingVersionColumns)
edition = Table("edition", metadata, EditionColumns, UniqueConstraint("meeting", "audience", "number", name="edition_once"))
edition_document = Table("edition_document", metadata, EditionDocumentColumns)
grid_choice = Table("grid_choice", metadata, GridChoiceColumns)
archive_seal = Table("archive_seal", metadata, ArchiveSealColumns)
journal = Table("journal", metadata, JournalColumns)
journal_head = Table("journal_head", metadata, JournalHeadColumns)
account_right = Table("account_right", metadata, AccountRightColumns)

Index("grid_choice_in_force", grid_choice.c.audience, grid_choice.c.year, grid_choice.c.id)
Index("delivery_by_source", delivery.c.source, delivery.c.received_at)
Index("block_by_frame", block.c.frame, block.c.measure, block.c.period, block.c.delivery_id)
Index("right_of_account", account_right.c.account, account_right.c.id)
