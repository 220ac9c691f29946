"""What does the sealed document look like on paper?"""
