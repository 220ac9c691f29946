"""Who are the people, which positions do they hold, and how do they sign in?"""
