"""Interoperability: standards, support, supply chains, complete rounds, transitions."""
