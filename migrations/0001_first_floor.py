"""The first floor: places, organisations, listings, search, lists and reports."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = ("default",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("name", name=op.f("uq_area_name")),
    )
    op.create_index(op.f("ix_area_slug"), "area", ["slug"], unique=False)
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("sayings", sa.JSON(), nullable=False),
        sa.Column("openactive", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["interest.id"], name=op.f("fk_interest_parent_id_interest")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.UniqueConstraint("name", name=op.f("uq_interest_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_interest_slug")),
    )
    op.create_index(op.f("ix_interest_parent_id"), "interest", ["parent_id"], unique=False)
    op.create_table(
        "kept_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("share_hash", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_list")),
        sa.UniqueConstraint("share_hash", name=op.f("uq_kept_list_share_hash")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("registered_number", sa.String(length=30), nullable=False),
        sa.Column("website", sa.String(length=500), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=50), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("source", "name", name=op.f("uq_organisation_source_name")),
    )
    op.create_table(
        "search_change",
        sa.Column("listing_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("listing_id", name=op.f("pk_search_change")),
    )
    op.create_index(op.f("ix_search_change_rev"), "search_change", ["rev"], unique=False)
    op.create_table(
        "search_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_state")),
    )
    op.create_table(
        "organisation_area",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_organisation_area_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_area_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "area_id", name=op.f("pk_organisation_area")),
    )
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_venue_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint(
            "name", "address", "postcode", "latitude", "longitude", name="uq_venue"
        ),
    )
    op.create_index(op.f("ix_venue_area_id"), "venue", ["area_id"], unique=False)
    op.create_index(op.f("ix_venue_postcode"), "venue", ["postcode"], unique=False)
    op.create_table(
        "listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("delivery", sa.JSON(), nullable=False),
        sa.Column("serves_everywhere", sa.Boolean(), nullable=False),
        sa.Column("residents_only", sa.Boolean(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("schedule_words", sa.String(length=500), nullable=False),
        sa.Column("cost", sa.String(length=300), nullable=False),
        sa.Column("is_free", sa.Boolean(), nullable=True),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("gender", sa.String(length=10), nullable=False),
        sa.Column("audience", sa.String(length=500), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("first_visit", sa.Text(), nullable=False),
        sa.Column("booking", sa.String(length=20), nullable=False),
        sa.Column("contact_name", sa.String(length=100), nullable=False),
        sa.Column("phone", sa.String(length=50), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("source_id", sa.String(length=200), nullable=False),
        sa.Column("source_hash", sa.String(length=64), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_listing_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_listing_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_listing_source_source_id")),
    )
    op.create_index(
        op.f("ix_listing_organisation_id"), "listing", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_listing_venue_id"), "listing", ["venue_id"], unique=False)
    op.create_table(
        "access_answer",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("feature", sa.String(length=30), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_access_answer_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("listing_id", "feature", name=op.f("pk_access_answer")),
    )
    op.create_table(
        "kept_listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_list_id", sa.Uuid(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kept_list_id"],
            ["kept_list.id"],
            name=op.f("fk_kept_listing_kept_list_id_kept_list"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_kept_listing_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_listing")),
        sa.UniqueConstraint(
            "kept_list_id",
            "listing_id",
            name=op.f("uq_kept_listing_kept_list_id_listing_id"),
        ),
    )
    op.create_index(
        op.f("ix_kept_listing_listing_id"), "kept_listing", ["listing_id"], unique=False
    )
    op.create_table(
        "listing_area",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_listing_area_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_listing_area_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("listing_id", "area_id", name=op.f("pk_listing_area")),
    )
    op.create_index(op.f("ix_listing_area_area_id"), "listing_area", ["area_id"], unique=False)
    op.create_table(
        "listing_interest",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("interest_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interest_id"],
            ["interest.id"],
            name=op.f("fk_listing_interest_interest_id_interest"),
        ),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_listing_interest_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("listing_id", "interest_id", name=op.f("pk_listing_interest")),
    )
    op.create_index(
        op.f("ix_listing_interest_interest_id"),
        "listing_interest",
        ["interest_id"],
        unique=False,
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=20), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_report_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_listing_id"), "report", ["listing_id"], unique=False)
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("recurrence", sa.String(length=300), nullable=False),
        sa.Column("dates", sa.JSON(), nullable=False),
        sa.Column("skip_dates", sa.JSON(), nullable=False),
        sa.Column("cancelled_dates", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["listing.id"],
            name=op.f("fk_schedule_listing_id_listing"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
    )
    op.create_index(op.f("ix_schedule_listing_id"), "schedule", ["listing_id"], unique=False)

    state = sa.table("search_state", sa.column("id"), sa.column("epoch"), sa.column("rev"))
    op.bulk_insert(state, [{"id": 1, "epoch": str(uuid.uuid4()), "rev": 0}])


def downgrade() -> None:
    op.drop_index(op.f("ix_schedule_listing_id"), table_name="schedule")
    op.drop_table("schedule")
    op.drop_index(op.f("ix_report_listing_id"), table_name="report")
    op.drop_table("report")
    op.drop_index(op.f("ix_listing_interest_interest_id"), table_name="listing_interest")
    op.drop_table("listing_interest")
    op.drop_index(op.f("ix_listing_area_area_id"), table_name="listing_area")
    op.drop_table("listing_area")
    op.drop_index(op.f("ix_kept_listing_listing_id"), table_name="kept_listing")
    op.drop_table("kept_listing")
    op.drop_table("access_answer")
    op.drop_index(op.f("ix_listing_venue_id"), table_name="listing")
    op.drop_index(op.f("ix_listing_organisation_id"), table_name="listing")
    op.drop_table("listing")
    op.drop_index(op.f("ix_venue_postcode"), table_name="venue")
    op.drop_index(op.f("ix_venue_area_id"), table_name="venue")
    op.drop_table("venue")
    op.drop_table("organisation_area")
    op.drop_table("search_state")
    op.drop_index(op.f("ix_search_change_rev"), table_name="search_change")
    op.drop_table("search_change")
    op.drop_table("organisation")
    op.drop_table("kept_list")
    op.drop_index(op.f("ix_interest_parent_id"), table_name="interest")
    op.drop_table("interest")
    op.drop_index(op.f("ix_area_slug"), table_name="area")
    op.drop_table("area")
