"""People who ask a moderator to look after an imported listing, and the record of who looks after
organisations."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_claim_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_claim_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("person_id", "listing_id", name=op.f("uq_claim_person_id_listing_id")),
    )
    op.create_index(op.f("ix_claim_listing_id"), "claim", ["listing_id"], unique=False)
    op.create_table(
        "membership_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("whom_id", sa.Integer(), nullable=True),
        sa.Column("did", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_record_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_record_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["whom_id"], ["person.id"], name=op.f("fk_membership_record_whom_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_record")),
    )
    op.create_index(
        op.f("ix_membership_record_organisation_id"), "membership_record", ["organisation_id"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_membership_record_organisation_id"), table_name="membership_record")
    op.drop_table("membership_record")
    op.drop_index(op.f("ix_claim_listing_id"), table_name="claim")
    op.drop_table("claim")
