"""Benchmarks: `python -m bench.NAME --json`, or all of them with `python -m bench`."""
