"""Figures: drawings of ladders, state diagrams and headers; draw.py is the way in."""
