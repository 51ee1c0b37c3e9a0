"""A second, slow opinion on the screening contract, written from the texts for the tests alone."""
