"""Changes to the tables, in order; Alembic applies those that a store lacks."""
