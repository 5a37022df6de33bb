"""Who did or saw what and when, in a chain; the looks at clients that were kept so far go first."""

import sqlalchemy as sa
from alembic import op

from connectdo.audit.chain import Link, chained

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    audit = op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("looked", sa.Boolean(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_kind_about_id", "audit", ["kind", "about_id"], unique=False)
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    links = _looks_so_far()
    if links:
        op.bulk_insert(audit, [each._asdict() for each in links])
    last = {"number": links[-1].number, "hash": links[-1].hash} if links else {}
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "", **last}])
    op.drop_index(op.f("ix_look_client_id"), table_name="look")
    op.drop_table("look")


def _looks_so_far() -> list[Link]:
    columns = [sa.column(name) for name in ("id", "person_id", "page", "client_id")]
    look = sa.table("look", *columns, sa.column("at", sa.DateTime()))
    rows = op.get_bind().execute(sa.select(look).order_by(look.c.id))
    links = (
        Link(0, each.at, each.person_id, each.page, "client", each.client_id, True, "")
        for each in rows
    )
    return list(chained(0, "", links))


def downgrade() -> None:
    op.create_table(
        "look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["client.id"],
            name=op.f("fk_look_client_id_client"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_look_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
    )
    op.create_index(op.f("ix_look_client_id"), "look", ["client_id"], unique=False)
    op.drop_table("audit_head")
    op.drop_index("ix_audit_kind_about_id", table_name="audit")
    op.drop_table("audit")
