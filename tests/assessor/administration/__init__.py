"""Administration in the browser."""
