"""What does this installation call itself, and from when on is something here too old?"""
