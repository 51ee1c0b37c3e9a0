"""The program."""

import sys

from bot.cli import app, failure


def main() -> None:
    """Run the command line; what the operator can mend is said in one line, with exit status 2."""
    try:
        app()
    except Exception as error:
        line = failure(error)
        if line is None:
            raise
        print(f"award-bot: {line}", file=sys.stderr)  # noqa: T201 - for the operator
        sys.exit(2)


if __name__ == "__main__":
    main()
