"""Everything that knows a channel, the database or the web: eleven packages, imports only downward."""
