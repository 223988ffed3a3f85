"""The entry point. `--version` is answered here, before the command line library is imported."""

import sys


def main() -> None:
    """Run the command line, or answer `--version` at once."""
    if sys.argv[1:] == ["--version"]:
        from quizgen import __version__

        print(f"quizgen {__version__}")
        return
    from quizgen.cli.app import run

    run()


if __name__ == "__main__":
    main()
