"""What waits for me, what is late, what is next?"""
