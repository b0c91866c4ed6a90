"""Topics, and the words that speak for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.tag import topics_of
from pipelines.topics import load_taxonomy, shipped_taxonomy
from symposia.errors import TaxonomyError

TAGGED = [
    ("Phonics in Grade One", None, {"literacy"}),
    ("AI in the Math Classroom", None, {"ai-in-education", "math"}),
    ("Computer Science for All", None, {"computer-science"}),
    ("The Python Standard Library", None, {"computer-science"}),
    ("Digital Literacy Day", None, set()),
    ("State of the Art", None, set()),
    ("Stem cell ethics", None, set()),
    ("Leseförderung konkret", None, {"literacy"}),
    ("Inteligencia artificial en el aula", None, {"ai-in-education"}),
    ("Mathematical beauty", None, set()),
    ("A day out", "We meet at the library.", set()),
    ("A day out", "For school librarians and every library.", {"library-media"}),
    ("A day out", "On open educational resources.", {"oer"}),
]


@pytest.mark.parametrize(("name", "description", "topics"), TAGGED)
def test_topics(name: str, description: str | None, topics: set[str]) -> None:
    """Whole words, the longest phrase, and no topic for one word in passing."""
    assert set(topics_of(shipped_taxonomy(), name, description)) == topics


def test_each_topic_says_why() -> None:
    """Where the words stood, and which they were."""
    why = topics_of(shipped_taxonomy(), "Phonics", "The science of reading.", ("dyslexia",))

    assert why["literacy"] == ("name: phonics", "keyword: dyslexia", "description: science of reading")


FAULTY = [
    ("", "a-slug"),
    ("[topic.'../x']\nname='n'\nsentence='s'\nphrases=['p']", "slug"),
    ("[topic.x]\nname='n'\nsentence='s'", "phrases is missing"),
    ("[topic.x]\nname='n'\nsentence='s'\nphrases=[1]", "not a list of texts"),
    ("[topic.x]\nname='n'\nsentence='s'\nphrases=['p']\nnots=['q']", "unknown key 'nots'"),
    ("[topic.x", "Expected"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTY)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    """With the file, the topic and the fault."""
    path = tmp_path / "topics.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(TaxonomyError, match=fault) as caught:
        load_taxonomy(path)
    assert "topics.toml" in str(caught.value)
