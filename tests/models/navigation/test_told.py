"""All that the navigation model says, as a golden file."""

from tests.conftest import Golden
from tests.models.navigation.told import told


def test_all_that_the_model_says(golden: Golden) -> None:
    golden("models/navigation.txt", "".join(f"{line}\n" for line in told()))
