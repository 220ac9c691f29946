"""Where is everything, and which office serves where? Territories, offices, service areas."""
