"""Certified bounds on plans too large for one piece: first-order steps, exact item bounds."""
