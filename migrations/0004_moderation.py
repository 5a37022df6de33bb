"""Who sees a listing, its versions, the record of who did what, and questions to organisers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ADDED = {
    "listing": ("status", "hide_address", "hidden_venue", "photo_hash", "photo_alt"),
    "organisation": ("trusted",),
    "report": ("closed_at",),
}


def upgrade() -> None:
    for column in (
        sa.Column("status", sa.String(length=10), nullable=False, server_default="live"),
        sa.Column("hide_address", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("hidden_venue", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("photo_hash", sa.String(length=64), nullable=False, server_default=""),
        sa.Column("photo_alt", sa.String(length=300), nullable=False, server_default=""),
    ):
        op.add_column("listing", column)
    trusted = sa.Column("trusted", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("organisation", trusted)
    op.add_column("report", sa.Column("closed_at", sa.DateTime(), nullable=True))
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_version_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_version_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_version_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("listing_id", "number", name=op.f("uq_version_listing_id_number")),
    )
    op.create_index(op.f("ix_version_decision"), "version", ["decision"], unique=False)
    op.create_index(op.f("ix_version_made_by_id"), "version", ["made_by_id"], unique=False)
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("listing_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("did", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_record_listing_id_listing"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_record_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
    )
    op.create_index(op.f("ix_record_listing_id"), "record", ["listing_id"], unique=False)
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("mails", sa.Integer(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("hidden_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_question_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("listing_id", name=op.f("uq_question_listing_id")),
    )


def downgrade() -> None:
    op.drop_table("question")
    op.drop_index(op.f("ix_record_listing_id"), table_name="record")
    op.drop_table("record")
    op.drop_index(op.f("ix_version_made_by_id"), table_name="version")
    op.drop_index(op.f("ix_version_decision"), table_name="version")
    op.drop_table("version")
    for table, columns in ADDED.items():
        for column in columns:
            op.drop_column(table, column)
