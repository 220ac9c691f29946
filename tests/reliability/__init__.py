"""Does anything that was acknowledged get lost when processes are killed?"""
