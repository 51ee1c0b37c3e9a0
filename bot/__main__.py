"""The program."""

import signal
import sys

# Also while the program is being loaded: as the first process of a container it would be ignored.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

from bot.cli import app, failure  # noqa: E402 - see above


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
