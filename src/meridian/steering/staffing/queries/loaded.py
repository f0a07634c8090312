"""What was loaded from a data set."""

from meridian.steering.staffing.models import Headcount, Post, PostAction


def counts_of(dataset: str) -> dict[str, int]:
    """How many posts, post actions and headcounts bear the key; kinds without any are left out."""
    counts = {
        "posts": Post.objects.filter(establishment__dataset=dataset).count(),
        "post actions": PostAction.objects.filter(post__establishment__dataset=dataset).count(),
        "headcounts": Headcount.objects.filter(establishment__dataset=dataset).count(),
    }
    return {name: count for name, count in counts.items() if count}
