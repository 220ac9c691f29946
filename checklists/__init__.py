"""How is it judged? Items, scale, exact scores, the decision with its reasons."""
