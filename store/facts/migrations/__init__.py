"""Alembic's migrations, applied by ``deskwatch db upgrade``."""
