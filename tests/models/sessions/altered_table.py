"""Mutation of the rows of the sessions model, for `make mutation MODEL=sessions`."""

import sys

from tests.models.altered_rows import main

if __name__ == "__main__":
    sys.exit(main("sessions"))
