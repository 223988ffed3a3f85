"""The entry point. `--version` is answered here, before the command line library is imported."""

import sys


def main() -> None:
    """Run the command line, or answer `--version` at once. An interrupt while it starts ends it quietly, too."""
    try:
        if sys.argv[1:] == ["--version"]:
            _version()
            return
        from quizgen.cli.app import run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _version() -> None:
    from quizgen import __version__

    try:
        print(f"quizgen {__version__}", flush=True)
    except OSError as error:
        sys.exit(f"quizgen: cannot write: {error.strerror}")


if __name__ == "__main__":
    main()
