"""What quizgen's speed is held against; `python -m bench` prints ratios (docs/speed.md)."""
