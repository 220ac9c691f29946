"""What was handed in, whose is it, and who looked at it?"""
