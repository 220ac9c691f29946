"""The preliminary result, frozen with the institution in the room."""
