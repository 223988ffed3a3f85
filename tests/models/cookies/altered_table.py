"""Mutation of the rows of the cookies model, for `make mutation MODEL=cookies`."""

import sys

from tests.models.altered_rows import main

if __name__ == "__main__":
    sys.exit(main("cookies"))
