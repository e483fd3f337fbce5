"""Alembic's entry point. The connection comes from `Database.migrate`, already in a transaction."""

from alembic import context

# Their tables belong to the metadata.
from service.db import account_models, advising_models, preparation_models  # noqa: F401
from service.db.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
context.run_migrations()
