"""What an operator can mend: said in one line, without a traceback."""


class ConfigError(Exception):
    """A setting that cannot be used; names the setting and what is expected, never its value."""


class DatabaseError(Exception):
    """A database that cannot be used, and why."""
