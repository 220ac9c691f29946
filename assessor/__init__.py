"""Who does what, when? The Flask application around the instruments and the evidence store."""

__version__ = "0.1.0"
