"""What was done, by whom, when, and can it be proved that nothing was altered since?"""
