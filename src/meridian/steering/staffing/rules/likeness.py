"""Which roles a job title may belong to, by how alike they read."""

from collections.abc import Mapping, Sequence

from meridian.kernel.likeness import cosine, vectors


def suggestions(
    titles: Sequence[str], examples: Mapping[str, Sequence[str]], count: int = 3
) -> list[list[tuple[str, float]]]:
    """For each title the `count` nearest roles with their likeness (0 to 1), nearest first.

    `examples` gives the texts known for a role: its name and the titles that were confirmed;
    the likeness to a role is that to its nearest text. Roles without any likeness are left out.
    """
    owners = [(role, text) for role, texts in examples.items() for text in texts]
    known = vectors([*(text for _role, text in owners), *titles])
    answers = []
    for title in known[len(owners) :]:
        best: dict[str, float] = {}
        for (role, _text), vector in zip(owners, known, strict=False):
            best[role] = max(best.get(role, 0.0), cosine(title, vector))
        ranked = sorted(((-score, role) for role, score in best.items() if score > 0))
        answers.append([(role, -score) for score, role in ranked[:count]])
    return answers
