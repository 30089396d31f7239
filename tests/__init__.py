"""Tests of the whole: the rule book as tables, as properties, and as a comparison of two implementations."""
