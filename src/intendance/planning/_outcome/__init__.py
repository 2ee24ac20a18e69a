"""What follows from a plan's decisions, as rows: stocks, shortfalls, swaps, money, contracts."""
