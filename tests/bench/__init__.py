"""What does the product cost to run? Figures with a yardstick from the same run, for `make bench`.

Nothing here passes or fails: a figure is read, with its ratio, on the machine it was made on.
"""
