"""The design system: page frame, parts, signs, one style sheet. Knows no noun of the organisation."""
