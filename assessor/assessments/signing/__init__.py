"""Handing over, checking, giving back, verifying and sealing."""
