"""Centres: one contact centre, its lines and its agents, played call by call."""
