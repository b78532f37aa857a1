"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _problem() -> list[sa.Column[str]]:
    return [sa.Column(name, _SORTED, nullable=False) for name in ("path", "code", "detail")]


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "runs",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("folder", sa.Text, nullable=False, index=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("started", sa.String(32), nullable=False),
        sa.Column("finished", sa.String(32)),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("reader", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64)),
        sa.Column("document", sa.Text),
        sa.Column("outputs", sa.Text),
    )
    op.create_table(
        "files",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("key", sa.String(64), nullable=False, index=True),
        sa.Column("path", _SORTED, nullable=False),
        sa.Column("run_id", _ID, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("again", sa.Boolean, nullable=False),
    )
    op.create_table(
        "letters",
        sa.Column("id", _ID, primary_key=True),
        sa.Column(
            "file_id",
            _ID,
            sa.ForeignKey("files.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("letter_id", _SORTED, nullable=False),
        sa.Column("path", _SORTED, nullable=False),
        sa.Column("folder", sa.Text, nullable=False),
        sa.Column("identifiers", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("sketch", sa.Text, nullable=False, server_default=""),
    )
    op.create_table(
        "rejects",
        sa.Column("id", _ID, primary_key=True),
        sa.Column(
            "file_id",
            _ID,
            sa.ForeignKey("files.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        *_problem(),
    )
    run = sa.ForeignKey("runs.id", ondelete="CASCADE")
    op.create_table(
        "run_files",
        sa.Column("run_id", _ID, run, primary_key=True),
        sa.Column(
            "file_id",
            _ID,
            sa.ForeignKey("files.id", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        ),
    )
    op.create_table(
        "run_rejects",
        sa.Column("id", _ID, primary_key=True),
        sa.Column(
            "run_id",
            _ID,
            sa.ForeignKey("runs.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        *_problem(),
    )
    op.create_table(
        "run_letters",
        sa.Column("run_id", _ID, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("letter_id", _SORTED, primary_key=True),
        sa.Column(
            "letter",
            _ID,
            sa.ForeignKey("letters.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("patient_id", _SORTED, nullable=False),
        sa.Column("paths", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Index("ix_run_letters_patient", "run_id", "patient_id", "letter_id"),
    )
    op.create_table(
        "run_patients",
        sa.Column("run_id", _ID, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("patient_id", _SORTED, primary_key=True),
        sa.Column("answer", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Remove them."""
    for name in (
        "run_patients",
        "run_letters",
        "run_rejects",
        "run_files",
        "rejects",
        "letters",
        "files",
        "runs",
    ):
        op.drop_table(name)
