"""Which permits does a site hold, until when, and what hangs on them?"""
