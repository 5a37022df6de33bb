"""What teams ask and what was answered, what people went on to do, and figures that stay."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "licensed_wording",
        sa.Column("questionnaire", sa.String(length=20), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("questionnaire", name=op.f("pk_licensed_wording")),
    )
    op.create_table(
        "chosen_questionnaire",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["team.id"],
            name=op.f("fk_chosen_questionnaire_team_id_team"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("team_id", "questionnaire", name=op.f("pk_chosen_questionnaire")),
    )
    op.create_table(
        "counted_pair",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=30), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("before", sa.Double(), nullable=False),
        sa.Column("after", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_counted_pair_team_id_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_pair")),
    )
    op.create_index(op.f("ix_counted_pair_team_id"), "counted_pair", ["team_id"], unique=False)
    op.create_table(
        "counted_went_on",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"],
            ["team.id"],
            name=op.f("fk_counted_went_on_team_id_team"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_went_on")),
    )
    op.create_index(
        op.f("ix_counted_went_on_team_id"), "counted_went_on", ["team_id"], unique=False
    )
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=150), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_statement_team_id_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("team_id", "words", name=op.f("uq_statement_team_id_words")),
    )
    op.create_table(
        "asking_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(length=20), nullable=False),
        sa.Column("moment", sa.String(length=10), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_asking_link_by_id_person")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_asking_link_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asking_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_asking_link_secret_hash")),
    )
    op.create_index(op.f("ix_asking_link_client_id"), "asking_link", ["client_id"], unique=False)
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(length=20), nullable=False),
        sa.Column("moment", sa.String(length=10), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_assessment_by_id_person")),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_assessment_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index(op.f("ix_assessment_client_id"), "assessment", ["client_id"], unique=False)
    op.create_table(
        "went_on",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_went_on_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_went_on")),
    )
    op.create_index(op.f("ix_went_on_client_id"), "went_on", ["client_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_went_on_client_id"), table_name="went_on")
    op.drop_table("went_on")
    op.drop_index(op.f("ix_assessment_client_id"), table_name="assessment")
    op.drop_table("assessment")
    op.drop_index(op.f("ix_asking_link_client_id"), table_name="asking_link")
    op.drop_table("asking_link")
    op.drop_table("statement")
    op.drop_index(op.f("ix_counted_went_on_team_id"), table_name="counted_went_on")
    op.drop_table("counted_went_on")
    op.drop_index(op.f("ix_counted_pair_team_id"), table_name="counted_pair")
    op.drop_table("counted_pair")
    op.drop_table("chosen_questionnaire")
    op.drop_table("licensed_wording")
