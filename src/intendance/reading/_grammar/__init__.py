"""From tokens to what is said: numbers, noun groups, predicates, roles."""
