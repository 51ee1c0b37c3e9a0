"""Short follow-ups to the last question: another award, track or prize, and nothing else."""

import re

from conversations.language import language
from conversations.meaning import tier_of, track_of
from conversations.model import Answers
from conversations.naming import Named
from conversations.telling import Answered, told
from knowledge.fold import fold
from knowledge.load import awards as award_ids

# Atomic: 提名奖 is never tried again as 提名 and 奖, so that no text takes long.
_ONLY_ANOTHER = re.compile(
    r"^(?>那么?|换成|如果是|要是|和|还有|又|呢|的|怎么样|如何|个人|组织|企业|公司|单位|提名奖|提名|金奖"
    r"|(?:市长|区长|政府)?质量奖|奖"
    r"|and|what about|how about|for|the|an?|individuals?|persons?|people|organi[sz]ations?"
    r"|compan(?:y|ies)|enterprises?|nominations?|nominees?|gold|awards?|prizes?|\W)*$"
)


def followed(asked: Answers, text: str, names: Named, locale: str) -> Answered | None:
    """The last question again, of what a text names instead; ``None`` if it is no such text."""
    topic, last = asked.get("topic"), asked.get("award")
    folded = fold(text)
    track, tier = track_of(folded), tier_of(names, folded)
    if not topic or names.other or not (names.awards or track or tier):
        return None
    if not _ONLY_ANOTHER.match(names.rest):
        return None
    awards = names.awards or ((last,) if last in award_ids() else ())
    return told(topic, awards, track, tier, language(locale))
