"""What does a new edition mean for what was sealed, and for those who will work with it?"""
