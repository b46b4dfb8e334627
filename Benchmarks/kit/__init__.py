"""What the benchmarks and the soak share. Python's standard library only."""
