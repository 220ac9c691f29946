"""How are the parts put together into one application?"""
