"""Waves: what moves when, on a scheduling core that other planners use too."""
