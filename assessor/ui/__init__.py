"""How does it look? Frame, components, formats and charts; knows no feature and no framework."""
