"""What commitments are worth: from stated amounts and from unit prices, kept apart."""
