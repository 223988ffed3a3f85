"""What common notes on these subjects say, statement by statement, and what the models say of each."""
